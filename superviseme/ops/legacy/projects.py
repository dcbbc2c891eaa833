"""research_project becomes a project with its workspace; its statuses become the history of its state."""

from collections import defaultdict
from dataclasses import dataclass

from superviseme.notifications.catalog import Verb
from superviseme.policy.roles import Kind, Seat
from superviseme.projects.models import Project, ProjectKind, ProjectState, ProjectStateChange
from superviseme.workspaces.models import Member, Workspace

from .ledger import Home, Ledger
from .reader import Source
from .rows import Row
from .statuses import Step, Steps, project_steps
from .theses import FROZEN

KINDS = {kind.value: kind for kind in ProjectKind} | {"full scale": ProjectKind.FULL_SCALE}


@dataclass
class Plan:
    row: Row
    lead: int | None
    workspace: Workspace


def import_projects(source: Source, ledger: Ledger) -> None:
    _recall(ledger)
    steps = project_steps(source, ledger)
    plans = [_plan(row, ledger) for row in ledger.new(source.rows("research_project"))]
    made = {row.id for row, _ in ledger.keep([(plan.row, plan.workspace) for plan in plans])}
    plans = [plan for plan in plans if plan.row.id in made]
    projects: dict[int | None, Project] = {plan.row.id: _project(plan, steps.get(plan.row.id, [])) for plan in plans}
    ledger.add(list(projects.values()))
    ledger.add([_lead(plan.workspace, plan.lead) for plan in plans if plan.lead])
    for plan in plans:
        seats = {plan.lead: Seat.AUTHOR} if plan.lead else {}
        ledger.homes[("project", plan.row.id)] = Home(workspace=plan.workspace, author=plan.lead, seats=seats)
        ledger.happened(Verb.WORKSPACE_CREATED, plan.workspace, plan.workspace.created_at, plan.lead)
    _import_steps(source, steps, projects, ledger)


def _recall(ledger: Ledger) -> None:
    """The homes earlier runs have made."""
    seats: dict[int, dict[int, Seat]] = defaultdict(dict)
    for workspace, person, seat in Member.objects.values_list("workspace", "person", "seat"):
        seats[workspace][person] = Seat(seat)
    rooms = (
        {room.pk: room for room in Workspace.objects.filter(kind=Kind.PROJECT)}
        if ledger.places["research_project"]
        else {}
    )
    for number, (_thing, key) in ledger.places["research_project"].items():
        if key in rooms:
            author = next((person for person, seat in seats[key].items() if seat == Seat.AUTHOR), None)
            ledger.homes[("project", number)] = Home(workspace=rooms[key], author=author, seats=seats[key])


def _plan(row: Row, ledger: Ledger) -> Plan:
    title, whole = row.titled("title", 300, empty=f"Project {row.id}")
    lead = ledger.person(row.ref("researcher_id"))
    if lead is None:
        row.note("researcher_id", "this user is not in the file; an administrator must seat a lead")
    created, frozen = row.time_or("created_at", ledger.moment), row.flag("frozen", missing=False)
    workspace = Workspace(
        kind=Kind.PROJECT,
        title=title,
        description="\n\n".join(text for text in (whole, row.text("description")) if text),
        created_by_id=lead,
        created_at=created,
        active_at=min(created, ledger.moment),
        frozen_at=ledger.moment if frozen else None,
        frozen_by_id=(lead or ledger.former()) if frozen else None,
        frozen_why=FROZEN if frozen else "",
    )
    return Plan(row, lead, workspace)


def _project(plan: Plan, steps: list[Step]) -> Project:
    return Project(
        workspace=plan.workspace,
        kind=plan.row.choice("level", KINDS, ProjectKind.OTHER, absent=ProjectKind.OTHER),
        state=steps[-1].target if steps else ProjectState.ACTIVE,
        state_since=steps[-1].at if steps else plan.workspace.created_at,
    )


def _lead(workspace: Workspace, person: int) -> Member:
    return Member(workspace=workspace, person_id=person, seat=Seat.AUTHOR, seat_rank=0, added_at=workspace.created_at)


def _import_steps(source: Source, steps: Steps, projects: dict[int | None, Project], ledger: Ledger) -> None:
    pairs = []
    for row in ledger.new(source.rows("research_project_status")):
        number = row.ref("project_id")
        home = ledger.room(row, "project")
        if home is None:
            continue
        project = projects.get(number) or Project.objects.get(workspace=home.workspace)
        step = next(step for step in steps[number] if step.row is row)
        change = ProjectStateChange(
            project=project, source=step.source, target=step.target, at=step.at, original=step.original
        )
        pairs.append((row, change))
        state = str(ProjectState(step.target).label)
        ledger.happened(Verb.PROJECT_MOVED, home.workspace, step.at, None, state=state, original=step.original)
    ledger.keep(pairs)
