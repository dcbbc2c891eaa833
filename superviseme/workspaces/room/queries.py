"""Reads shaped for the workspace's head, and the people of many workspaces."""

from functools import cache
from typing import Any

from django.db.models import CharField, DateField, Field, IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from superviseme.web.prepared import give, prepared

from .models import Member

COUNTED = {
    "count_updates": ("workspaces_update", ""),
    "count_todos": ("workspaces_todo", "AND t.state IN ('open', 'doing')"),
    "count_goals": ("workspaces_goal", ""),
    "count_milestones": ("workspaces_milestone", "AND t.reached_at IS NULL"),
    "count_meetings": ("workspaces_meeting", ""),
    "count_files": ("workspaces_document", ""),
}
DEADLINE: dict[str, Field] = {"title": CharField(), "number": IntegerField(), "due_on": DateField()}


def with_counts(rows: QuerySet) -> Any:
    """Annotate what the tabs count (open to-dos, milestones to reach, …) and the next deadline.

    Plain subselects: every workspace page pays for them, and the ORM took longer to write them than the database to
    run them (bench/pages.py). They hold no value from outside.
    """
    return rows.annotate(**_subselects())


@cache
def _subselects() -> dict[str, RawSQL]:
    live = "FROM {table} t WHERE t.workspace_id = workspaces_workspace.id AND t.deleted_at IS NULL"
    found = {
        name: RawSQL(f"(SELECT COUNT(*) {live.format(table=table)} {only})", (), output_field=IntegerField())  # noqa: S611 - our own names
        for name, (table, only) in COUNTED.items()
    }
    coming = f"{live.format(table='workspaces_milestone')} AND t.reached_at IS NULL ORDER BY t.due_on, t.id LIMIT 1"
    for column, kind in DEADLINE.items():
        name = "deadline_on" if column == "due_on" else f"deadline_{column}"
        found[name] = RawSQL(f"(SELECT t.{column} {coming})", (), output_field=kind)  # noqa: S611 - our own names
    return found


def give_people(workspaces: list[Any]) -> list[Any]:
    """Seats and their people, as `with_people` brings them along; one query."""
    give(workspaces, "members", _seats([w.pk for w in workspaces]).fetch(), by="workspace_id")
    return workspaces


@prepared
def _seats(workspaces: list[int]) -> QuerySet:
    return Member.objects.filter(workspace__in=workspaces).select_related("person").order_by("seat_rank", "pk")
