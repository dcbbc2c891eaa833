from django.db import transaction

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import require


@transaction.atomic
def record_export(*, report: str, kind: str, own: bool, by: Person) -> None:
    """Who took which report along."""
    require(by, Action.OWN_SUPERVISION_VIEW if own else Action.SITE_MANAGE)
    announce(Verb.DATA_EXPORTED, by, by=by, title=f"report {report}", link="", kind=kind, own=own)
