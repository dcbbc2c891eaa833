"""What a form says about the version it was opened with: a post without it overwrites nobody."""

import datetime as dt
from typing import Any

import pytest

from superviseme.accounts.models import Grant, Person
from superviseme.policy.roles import Role
from superviseme.publications.actions import add_publication
from superviseme.theses.topics.actions import create_topic
from superviseme.workspaces.files.actions import add_link
from superviseme.workspaces.goals.actions import add_goal
from superviseme.workspaces.meetings.actions import plan_meeting
from superviseme.workspaces.milestones.actions import add_milestone
from superviseme.workspaces.todos.actions import add_todo
from superviseme.workspaces.updates.actions import comment_on, post_update

from ..ops.pressing import forms_of

CARRIED = ("version", "seen")
WORDS = ("title", "description", "text", "notes", "name", "keywords", "imprint")


@pytest.fixture
def boss(bob: Person) -> Person:
    """Speaks in the thesis and administers the site."""
    Grant.objects.create(person=bob, role=Role.ADMIN)
    return bob


@pytest.fixture
def addresses(workspace: Any, project: Any, boss: Person, alice: Person) -> dict[str, str]:
    """One page to edit of each kind."""
    w, p = f"/w/{workspace.pk}", f"/w/{project.workspace_id}"
    update = post_update(workspace, kind="progress", text="First words", by=boss)
    comment = comment_on(update, text="First answer", by=boss)
    meeting = plan_meeting(
        workspace, title="Weekly", starts_at=dt.datetime(2027, 1, 7, 9, tzinfo=dt.UTC), attendees=[boss], by=boss
    )
    return {
        "to-do": f"{w}/todos/{add_todo(workspace, title='Read', by=boss).number}/edit",
        "goal": f"{w}/goals/{add_goal(workspace, kind='objective', title='Know', by=boss).number}/edit",
        "milestone": f"{w}/milestones/{add_milestone(workspace, title='Half', due_on=dt.date(2027, 3, 1), by=boss).number}/edit",
        "update": f"{w}/updates/{update.pk}/edit",
        "comment": f"{w}/updates/{update.pk}/comments/{comment.pk}/edit",
        "meeting": f"{w}/meetings/{meeting.number}/edit",
        "record": f"{w}/meetings/{meeting.number}/record",
        "file": f"{w}/files/{add_link(workspace, url='https://example.org', title='Site', by=boss).number}/edit",
        "workspace": f"{w}/edit",
        "thesis": f"{w}/thesis",
        "project": f"{p}/project",
        "topic": f"/theses/{create_topic(title='Wind', description='Blows', supervisors=[boss], by=boss).pk}/edit",
        "publication": f"/publications/{add_publication(kind='article', title='On wind', by=boss).pk}/edit",
        "profile": "/profile",
        "person": f"/admin/users/{alice.pk}",
        "settings": "/admin/settings/pages",
    }


@pytest.mark.parametrize("said", [None, "", "x", "-1", "0", "9" * 30])
def test_a_form_without_the_version_it_was_opened_with_is_stale(
    as_: Any, boss: Person, addresses: dict[str, str], said: str | None
) -> None:
    browser = as_(boss)

    found = {kind: browser.post(to, _changed(browser, to, said)).status_code for kind, to in addresses.items()}

    assert found == dict.fromkeys(addresses, 409)


def test_the_same_form_as_it_was_opened_is_saved(as_: Any, boss: Person, addresses: dict[str, str]) -> None:
    browser = as_(boss)
    found = {}

    for kind, to in addresses.items():
        form = _form(browser, to)
        found[kind] = browser.post(to, {**form.sent, **_other_words(form)}).status_code

    assert found == dict.fromkeys(addresses, 302)


def _form(browser: Any, address: str) -> Any:
    return next(one for one in forms_of(browser, address) if one.method == "post" and set(CARRIED) & set(one.sent))


def _changed(browser: Any, address: str, said: str | None) -> dict[str, Any]:
    form = _form(browser, address)
    sent = {name: value for name, value in form.sent.items() if name not in CARRIED}
    carried = next(name for name in CARRIED if name in form.sent)
    return {**sent, **_other_words(form), **({carried: said} if said is not None else {})}


def _other_words(form: Any) -> dict[str, str]:
    return {name: "Other words" for name in WORDS if name in form.sent}
