"""The researcher's desk: projects led and shared."""

from typing import Any

from superviseme.policy.roles import Kind
from superviseme.workspaces.models import Member, Workspace
from superviseme.workspaces.room.queries import with_counts


def projects(person: Any) -> list[Any]:
    """The ten most recently active projects with a seat for the person; each has `.my_seat`."""
    mine = dict(Member.objects.filter(person=person, workspace__kind=Kind.PROJECT).values_list("workspace", "seat"))
    rows = with_counts(Workspace.objects.live().filter(pk__in=mine)).select_related("project").with_people()
    found = list(rows.order_by("-active_at", "-pk")[:10])
    for workspace in found:
        workspace.my_seat = mine[workspace.pk]
    return found
