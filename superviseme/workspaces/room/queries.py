"""Reads shaped for the workspace's head."""

from typing import Any

from django.db.models import CharField, Count, DateField, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def with_counts(rows: QuerySet) -> Any:
    """Annotate what the tabs count (open to-dos, milestones to reach, …) and the next deadline."""
    from ..models import (
        Document,
        Goal,
        Meeting,
        Milestone,
        Todo,
        Update,
    )  # circular: the nouns' tables point at the room's

    def count(of: QuerySet) -> Coalesce:
        inner = (
            of.filter(workspace=OuterRef("pk"), deleted_at=None)
            .order_by()
            .values("workspace")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return Coalesce(Subquery(inner, output_field=IntegerField()), 0)

    coming = Milestone.objects.filter(workspace=OuterRef("pk"), deleted_at=None, reached_at=None).order_by(
        "due_on", "pk"
    )
    return rows.annotate(
        deadline_title=Subquery(coming.values("title")[:1], output_field=CharField()),
        deadline_number=Subquery(coming.values("number")[:1], output_field=IntegerField()),
        deadline_on=Subquery(coming.values("due_on")[:1], output_field=DateField()),
        count_updates=count(Update.objects.all()),
        count_todos=count(Todo.objects.filter(state__in=["open", "doing"])),
        count_goals=count(Goal.objects.all()),
        count_milestones=count(Milestone.objects.filter(reached_at=None)),
        count_meetings=count(Meeting.objects.all()),
        count_files=count(Document.objects.all()),
    )
