"""The Monday report: one letter to everybody who supervises, for each ISO week once.

The key of the letter holds person and week, so that no restart, second scheduler or clock change sends another.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.presence import zone_of
from superviseme.notifications.mail import gets_mail
from superviseme.outbox.letters import link_to
from superviseme.outbox.models import Message
from superviseme.outbox.post import post
from superviseme.policy.roles import Role, Seat
from superviseme.site.values import setting
from superviseme.theses.states import ENDED
from superviseme.web.fence import FREE, Fence
from superviseme.web.time import iso_week, now, site_zone
from superviseme.workspaces.models import Member, Workspace

AT_ONCE = 100


def send_weekly_reports(fence: Fence = FREE) -> str:
    """To all who have not got this week's yet; may be cut off anywhere and run again."""
    week = iso_week((fence.slot or now()).astimezone(site_zone()))
    written = 0
    for some in _groups(supervisors()):
        done = set(Message.objects.filter(key__in=[key_of(p, week) for p in some]).values_list("key", flat=True))
        for person in some:
            if key_of(person, week) not in done:
                fence()
                written += send_weekly_report(person, week)
    return f"{written} reports of {week}" if written else ""


def supervisors() -> list[Person]:
    """Everybody with a supervisor's seat in work under way, and the role that keeps the seat awake."""
    seated = Member.objects.filter(seat=Seat.SUPERVISOR, workspace__in=under_way()).values("person")
    people = Person.objects.active().with_role(Role.SUPERVISOR).filter(pk__in=seated)
    return [person for person in people.order_by("pk") if gets_mail(person)]


@transaction.atomic
def send_weekly_report(person: Person, week: str) -> bool:
    """Whether there was something to report."""
    language = person.language or setting("language")
    with translation.override(language), timezone.override(zone_of(person)):
        report = report_for(person, week)
        if report is None:
            return False
        post(
            "weekly",
            to=person.email,
            to_name=person.full_name,
            recipient=person.pk,
            key=key_of(person, week),
            language=language,
            context={"name": person.full_name, **report},
        )
    return True


def report_for(person: Person, week: str) -> dict[str, Any] | None:
    """What the letter says, in the person's language and zone; None when there is nothing to report."""
    mine = under_way().with_seat(person, Seat.SUPERVISOR).with_people().order_by("title", "pk")
    theses = [
        {"title": workspace.title, "link": link_to(workspace.get_absolute_url()), "students": _students(workspace)}
        for workspace in mine
    ]
    why = _("You get this mail every Monday because you supervise these theses.")
    return {"week": week, "theses": theses, "why": why} if theses else None


def key_of(person: Person, week: str) -> str:
    return f"weekly:{person.pk}:{week}"


def under_way() -> Any:
    return Workspace.objects.live().filter(thesis__isnull=False).exclude(thesis__state__in=ENDED)


def _students(workspace: Workspace) -> str:
    return ", ".join(m.person.full_name for m in workspace.members.all() if m.seat == Seat.AUTHOR)


def _groups(people: Iterable[Person]) -> Iterable[list[Person]]:
    for _number, some in groupby(enumerate(people), key=lambda pair: pair[0] // AT_ONCE):
        yield [person for _place, person in some]
