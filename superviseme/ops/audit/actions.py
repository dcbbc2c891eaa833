from typing import Any

from django.db import transaction

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import require


@transaction.atomic
def record_export(*, by: Person, wanted: dict[str, Any]) -> None:
    """Who took the audit along, and which part of it."""
    require(by, Action.AUDIT_VIEW)
    filters = {name: str(value) for name, value in wanted.items() if value}
    announce(Verb.DATA_EXPORTED, by, by=by, title="audit", link="/admin/audit", filters=filters)
