"""What is in one workspace: updates, to-dos, milestones, goals, meetings."""

from typing import Any, Literal

from django.http import HttpRequest

from superviseme.web.paging import keyset_page
from superviseme.workspaces.models import Goal, Meeting, Milestone, Todo, Update
from superviseme.workspaces.room.access import thing_in, workspace_for
from superviseme.workspaces.todos.models import TodoState
from superviseme.workspaces.updates.models import UpdateKind
from superviseme.workspaces.updates.queries import one_update, updates_page

from ..tokens.models import Area
from . import reads
from .doors import Room, listed, rows_of
from .things import GoalOut, MeetingOut, MilestoneOut, TodoOut, UpdateOut

updates = Room(Area.WORKSPACES, "Updates")
todos = Room(Area.WORKSPACES, "To-dos")
milestones = Room(Area.WORKSPACES, "Milestones")
goals = Room(Area.WORKSPACES, "Goals")
meetings = Room(Area.WORKSPACES, "Meetings")
W = "/workspaces/{int:pk}"
KindOfUpdate = Literal[tuple(UpdateKind.values)]  # type: ignore[valid-type]  # the words stand in one table
StateOfTodo = Literal[tuple(TodoState.values)]  # type: ignore[valid-type]  # as above


@updates.answers(
    "GET", f"{W}/updates", "updates", gives=rows_of(UpdateOut), says="The newest first, with their answers"
)
def every_update(
    request: HttpRequest,
    pk: int,
    after: str = "",
    kind: KindOfUpdate | None = None,  # type: ignore[valid-type]  # as above
    tag: str = "",
) -> Any:
    return listed(updates_page(workspace_for(request, pk), after=after, kind=kind or "", tag=tag))


@updates.answers("GET", f"{W}/updates/{{int:update_id}}", "update", gives=UpdateOut, says="One update")
def update(request: HttpRequest, pk: int, update_id: int) -> Any:
    workspace = workspace_for(request, pk)
    return one_update(workspace, thing_in(workspace, Update.objects.live(), pk=update_id))


@todos.answers("GET", f"{W}/todos", "todos", gives=rows_of(TodoOut), says="To-dos, the newest first")
def every_todo(
    request: HttpRequest,
    pk: int,
    after: str = "",
    state: StateOfTodo | None = None,  # type: ignore[valid-type]  # as above
) -> Any:
    workspace = workspace_for(request, pk)
    rows = reads.todos(workspace)
    return _page(workspace, rows.filter(state=state) if state else rows, ("-number",), after)


@todos.answers("GET", f"{W}/todos/{{int:n}}", "todo", gives=TodoOut, says="One to-do")
def todo(request: HttpRequest, pk: int, n: int) -> Any:
    return find(request, pk, n, Todo)


@milestones.answers("GET", f"{W}/milestones", "milestones", gives=rows_of(MilestoneOut), says="By day")
def every_milestone(request: HttpRequest, pk: int, after: str = "") -> Any:
    workspace = workspace_for(request, pk)
    return _page(workspace, reads.milestones(workspace), ("due_on", "number"), after)


@milestones.answers("GET", f"{W}/milestones/{{int:n}}", "milestone", gives=MilestoneOut, says="One milestone")
def milestone(request: HttpRequest, pk: int, n: int) -> Any:
    return find(request, pk, n, Milestone)


@goals.answers("GET", f"{W}/goals", "goals", gives=rows_of(GoalOut), says="Objectives and hypotheses")
def every_goal(request: HttpRequest, pk: int, after: str = "") -> Any:
    workspace = workspace_for(request, pk)
    return _page(workspace, reads.goals(workspace), ("number",), after)


@goals.answers("GET", f"{W}/goals/{{int:n}}", "goal", gives=GoalOut, says="One goal")
def goal(request: HttpRequest, pk: int, n: int) -> Any:
    return find(request, pk, n, Goal)


@meetings.answers("GET", f"{W}/meetings", "meetings", gives=rows_of(MeetingOut), says="Meetings, the latest first")
def every_meeting(request: HttpRequest, pk: int, after: str = "") -> Any:
    workspace = workspace_for(request, pk)
    return _page(workspace, reads.meetings(workspace), ("-starts_at", "-pk"), after)


@meetings.answers("GET", f"{W}/meetings/{{int:n}}", "meeting", gives=MeetingOut, says="One meeting")
def meeting(request: HttpRequest, pk: int, n: int) -> Any:
    return find(request, pk, n, Meeting)


ROWS: dict[type, Any] = {
    Todo: reads.todos,
    Milestone: reads.milestones,
    Goal: reads.goals,
    Meeting: reads.meetings,
}


def find(request: HttpRequest, pk: int, n: int, model: type) -> Any:
    """The thing of this number in this workspace, with all that its shape shows; else 404."""
    workspace = workspace_for(request, pk)
    return thing_in(workspace, ROWS[model](workspace), number=n)


def _page(workspace: Any, rows: Any, order: tuple[str, ...], after: str) -> Any:
    page = keyset_page(rows, order=order, after=after)
    for row in page.rows:
        row.workspace = workspace
    return listed(page)
