"""Which picture stands beside a name: the owner chooses, an administrator may take it away."""

from django.db import transaction

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.workspaces.files.storage import Stored


@transaction.atomic
def set_picture(*, stored: Stored, by: Person) -> None:
    """The own picture; the one before it is left to the sweep of contents that nothing names."""
    others = Person.objects.filter(pk=by.pk, erased_at=None).exclude(picture=stored.sha256)
    if others.update(picture=stored.sha256, picture_size=stored.size):
        by.picture, by.picture_size = stored.sha256, stored.size
        _say(by)


@transaction.atomic
def remove_picture(*, by: Person) -> None:
    if _take(by):
        _say(by)


@transaction.atomic
def remove_picture_of(person: Person, *, by: Person) -> None:
    """By an administrator, for whatever reason; the person is told."""
    require(by, Action.PERSON_MANAGE)
    if not _take(person):
        return
    announce(Verb.PICTURE_REMOVED, person, by=by, to=[person], title="", link="/profile")


def forget_former_members() -> int:
    """Of who was made anonymous by the release before this one while both were running."""
    rows = Person.objects.exclude(erased_at=None).exclude(picture="")
    return rows.update(picture="", picture_size=0)


def _take(person: Person) -> bool:
    taken = Person.objects.filter(pk=person.pk).exclude(picture="").update(picture="", picture_size=0)
    person.picture, person.picture_size = "", 0
    return bool(taken)


def _say(by: Person) -> None:
    announce(Verb.PROFILE_EDITED, by, by=by, title="", link="/profile", fields=["picture"])
