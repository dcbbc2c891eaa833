"""What a supervisor would leave behind."""

from typing import Any

from django.db.models import QuerySet

from superviseme.accounts.models import Person
from superviseme.policy.roles import Kind, Seat
from superviseme.workspaces.models import Workspace

from ..models import Topic
from ..states import ENDED


def theses_of(person: Person, *, ended: bool = False) -> QuerySet[Workspace]:
    rows: Any = (
        Workspace.objects.live()
        .filter(kind=Kind.THESIS)
        .with_seat(person, Seat.SUPERVISOR)
        .select_related("thesis")
        .order_by("pk")
    )
    return rows if ended else rows.exclude(thesis__state__in=ENDED)


def topics_of(person: Person) -> QuerySet[Topic]:
    return Topic.objects.offered_by(person).order_by("pk")
