"""The people of one smoke run, their theses and project, and how all of it is removed again.

They get no mail, nobody but administrators sees them, and what they do is not in the audit: the operations log has the run.
"""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction

from superviseme.accounts.grants.actions import give
from superviseme.accounts.models import Grant, Person
from superviseme.notifications.models import Notice
from superviseme.ops.purge.actions import drop_workspace
from superviseme.outbox.models import Message
from superviseme.policy.roles import Role
from superviseme.projects.actions import create_project
from superviseme.theses.assignment.actions import create_thesis
from superviseme.workspaces.models import Workspace

ROLES = {
    "admin": (Role.ADMIN,),
    "supervisor": (Role.SUPERVISOR,),
    "researcher": (Role.RESEARCHER, Role.SUPERVISOR),  # one who supervises
    "student": (Role.STUDENT,),
    "stranger": (Role.STUDENT, Role.SUPERVISOR, Role.RESEARCHER),  # may much, but not here
}


@dataclass(frozen=True)
class Cast:
    """`password` opens all of them; `theses` are numbers of workspaces by who is to delete them."""

    people: dict[str, Person]
    password: str
    theses: dict[str, int]
    project: int


@transaction.atomic
def gather_cast() -> Cast:
    run, password = secrets.token_hex(4), secrets.token_urlsafe(24)
    kept = make_password(password)
    people = {name: _person(run, name, kept) for name in ROLES}
    theses = {who: _thesis(people, who, run) for who in ("supervisor", "researcher", "admin")}
    project = create_project(title=f"Smoke {run}", description="", by=people["researcher"])
    return Cast(people, password, theses, project.workspace_id)


def _person(run: str, name: str, password: str) -> Person:
    email = f"smoke-{run}-{name}@smoke.invalid"
    person = Person.objects.create(email=email, name="Smoke", surname=f"{run} {name}", password=password, is_smoke=True)
    for role in ROLES[name]:
        give(person=person, role=role, by=None)
    return person


def _thesis(people: dict[str, Person], who: str, run: str) -> int:
    by = people["researcher" if who == "researcher" else "supervisor"]
    made = create_thesis(title=f"Smoke {run} {who}", student=people["student"], supervisors=[by], by=by)
    return made.workspace_id


@transaction.atomic
def remove_smoke_people() -> int:
    """Everything of theirs, of this run and of runs that were killed. Returns how many people are gone."""
    found = list(Person.objects.filter(is_smoke=True).values_list("pk", flat=True))
    for workspace in Workspace.objects.filter(created_by__in=found):
        drop_workspace(workspace)
    Notice.objects.filter(recipient__in=found).delete()
    Message.objects.filter(recipient_id__in=found).delete()
    Grant.objects.filter(person__in=found).delete()
    _end_sessions({str(pk) for pk in found})
    Person.objects.filter(pk__in=found).delete()
    return len(found)


def _end_sessions(people: set[str]) -> None:
    """Whose a session is stands inside it."""
    rows = Session.objects.all() if people else Session.objects.none()
    theirs = [s.pk for s in rows.iterator() if s.get_decoded().get("_auth_user_id") in people]
    Session.objects.filter(pk__in=theirs).delete()
