from django.db import transaction

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import require


@transaction.atomic
def record_export(*, table: str, kind: str, by: Person) -> None:
    """Who took which table along; "" is everything."""
    require(by, Action.SITE_MANAGE)
    announce(Verb.DATA_EXPORTED, by, by=by, title=table or "everything", link="/admin/exports", kind=kind)


@transaction.atomic
def record_own_export(*, by: Person) -> None:
    announce(Verb.DATA_EXPORTED, by, by=by, title="own data", link="/profile", own=True)
