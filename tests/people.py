"""The cast. Alice writes, Bob supervises, Carol collaborates, Eve examines, Mallory is outside, Ada administers."""

from typing import Any

from superviseme.accounts.models import Grant, Person
from superviseme.policy.roles import Kind, Role, Seat
from superviseme.projects.models import Project
from superviseme.theses.models import Thesis
from superviseme.theses.states import State
from superviseme.workspaces.models import Member, Workspace

PASSWORD = "correct horse battery staple"  # noqa: S105
RANK = {Seat.AUTHOR: 0, Seat.SUPERVISOR: 1, Seat.COLLABORATOR: 2, Seat.EXAMINER: 3}


def person(name: str, *roles: Role, **fields: Any) -> Person:
    first, _, last = name.partition(" ")
    fields.setdefault("email", f"{first.lower()}@example.org")
    found = Person(name=first, surname=last or "Example", **fields)
    found.password = "!unusable"  # noqa: S105 - hashing is slow; tests that sign in with a password set one
    found.save()
    Grant.objects.bulk_create(Grant(person=found, role=role) for role in roles)
    return found


def seat(workspace: Workspace, holder: Person, kind: Seat, label: str = "") -> Member:
    workspace.forget_seats()
    return Member.objects.create(workspace=workspace, person=holder, seat=kind, seat_rank=RANK[kind], label=label)


def a_thesis(*, title: str = "Bridges under wind", state: State = State.IN_PROGRESS, **seats: Any) -> Thesis:
    """A thesis; seats by name: author=alice, supervisor=bob, collaborator=carol, examiner=eve."""
    workspace = Workspace.objects.create(kind=Kind.THESIS, title=title, created_by=seats.get("supervisor"))
    for name, holder in seats.items():
        seat(workspace, holder, Seat(name))
    return Thesis.objects.create(workspace=workspace, state=state)


def a_project(*, title: str = "Rivers of the Alps", **seats: Any) -> Project:
    workspace = Workspace.objects.create(kind=Kind.PROJECT, title=title, created_by=seats.get("author"))
    for name, holder in seats.items():
        seat(workspace, holder, Seat(name))
    return Project.objects.create(workspace=workspace)
