"""Somebody who works on the drill's own site: one account with one project, and a session without a password."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from superviseme.accounts.grants.actions import give
from superviseme.accounts.models import Person
from superviseme.policy.roles import Role
from superviseme.projects.actions import create_project

ADDRESS = "drill@drill.invalid"


@transaction.atomic
def begin_work() -> dict[str, str | int]:
    """What the worker's browser needs: the session and the workspace. Only on a site where nobody else is."""
    person = Person.objects.create(email=ADDRESS, name="Drill", surname="Worker")
    give(person=person, role=Role.RESEARCHER, by=None)
    project = create_project(title="Fire drill", description="", by=person)
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return {"session": str(session.session_key), "workspace": project.workspace_id}
