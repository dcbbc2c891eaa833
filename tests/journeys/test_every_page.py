"""Every page a person can open, looked at by a machine: on a desk in the light, in a hand in the dark."""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from superviseme.accounts.models import Person
from superviseme.ops.demo.seed import seed_demo
from superviseme.outbox.models import Message
from superviseme.reports.table import REPORTS
from superviseme.site.table import GROUPS
from superviseme.theses.models import Topic
from superviseme.web.checks import every_view
from superviseme.workspaces.models import Comment, Document, Goal, Meeting, Milestone, Todo, Update, Workspace
from tests.policy import expected_routes as expected

from . import seen
from .conftest import Opener

REPORTED = [f"/reports/{key}" for key in REPORTS]
SETTINGS = [f"/admin/settings/{group}" for group in GROUPS]
ROLES = {
    # who in the table of routes, whose desk it is, which workspace they walk, and addresses with more to say
    "visitor": ("vi", "", "", ["/theses?q=climate", "/theses?q=nothing-like-this", "/search?q=rain"]),
    "student": ("au", "carol.brown", "Tracing coffee", ["/search?q=coffee", "/todos?done=1", "/meetings?past=1"]),
    "supervisor": ("su", "m.garcia", "Tracing coffee", ["/supervisor/students?which=past", "/search?q=coffee"]),
    "researcher": ("re", "alice.johnson", "Regional", ["/researcher/supervisor/dashboard", "/search?q=zzzz"]),
    "admin": (
        "ad",
        "admin",
        "Error correction",
        [
            "/admin/outbox?state=sent",
            "/admin/users?q=nobody",
            "/search",
            *SETTINGS,
            *(f"/admin{one}" for one in REPORTED),
        ],
    ),
}
TABS = ["todos?view=board", "updates?kind=question", "files?category=draft", "todos?state=done"]
NO_PAGES = set(
    "health health_live health_ready robots favicon security_txt front own_thesis researchers_supervision"
    " todo_completion_list meeting_calendar file_version file_preview letter_html letter_sample_html weekly_letter weekly_one_letter user_erasure topic_interest"
    " account_reset_password_from_key settings logo publication_export openapi"
    " notices_latest notices_count".split()
)
"""Doors that lead on, files, answers to programs, and pages that other journeys come to."""
EVERY_WAY = [("desktop", "light"), ("phone", "dark"), ("desktop", "dark"), ("phone", "light")]
WIDTHS = ["laptop", "tablet", "small"]  # besides those of the ways
LONG = os.environ.get("LONG") == "1"
WAYS = EVERY_WAY if LONG else EVERY_WAY[:2]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_sound_for_every_role(role: str, open_as: Opener, demo: dict[str, Person]) -> None:
    who, name, title, more = ROLES[role]
    page = open_as(demo.get(name), "/theses")
    trouble = []
    for place, address in enumerate([*addresses(who, demo.get(name), title), *more]):
        # Pages share their parts: the rules of accessibility, half of the time, in one way after the other, widths too.
        ruled, widths = (WAYS, WIDTHS) if LONG else ([WAYS[place % 2]], [WIDTHS[place % 3]])
        found = seen.troubles(page, address, WAYS, ruled, widths)
        trouble += [f"{address} {what}" for what in found]
        if found or os.environ.get("PICTURES"):
            seen.picture(page, f"{role}{re.sub('[^a-z0-9]+', '-', address.lower())}")
    assert not trouble, "\n".join(trouble)


TOLD: list[tuple[sqlite3.Connection, Path]] = []
"""The story as it was told once in this process: telling it takes as long as walking through fifteen pages."""


@pytest.fixture
def demo(transactional_db: None, settings: Any, tmp_path: Path, tmp_path_factory: Any) -> dict[str, Person]:
    """The demonstration site; {e-mail's local part: person}."""
    settings.DATA_DIR = tmp_path
    if TOLD:
        database, files = TOLD[0]
        database.backup(connection.connection)
        shutil.copytree(files, settings.FILES_DIR, dirs_exist_ok=True)
    else:
        seed_demo()
        database, files = sqlite3.connect(":memory:"), tmp_path_factory.mktemp("told")
        connection.connection.backup(database)
        shutil.copytree(settings.FILES_DIR, files, dirs_exist_ok=True)
        TOLD.append((database, files))
    return {person.email.split("@")[0]: person for person in Person.objects.all()}


def addresses(who: str, person: Person | None, title: str) -> Iterator[str]:
    known = keys(person, title)
    for route, pattern in every_view():
        table, doors = doors_of(str(pattern.name), who)
        if pattern.name in NO_PAGES or not doors or who not in doors.split() or seen_by_others(str(pattern.name), who):
            continue
        found = {**known[table], **known.get(str(pattern.name).split("_")[0], {}), **known.get(str(pattern.name), {})}
        kwargs = {key: found.get(key) for key in re.findall(r"<(?:\w+:)?(\w+)>", route)}
        if None not in kwargs.values():
            yield reverse(pattern.name, kwargs=kwargs)
    if who == "vi":
        yield Topic.objects.once_offered()[0].get_absolute_url()
    if title:
        yield from (f"/w/{known['WORKSPACE']['pk']}/{tab}" for tab in TABS)


def seen_by_others(name: str, who: str) -> bool:
    """Pages that look the same to everybody are walked by the student, forms of a workspace by those who work in it."""
    alike = (name == "telegram" or name.startswith(("profile", "account_"))) and who not in ("vi", "au")
    return not LONG and (alike or (who in ("ad", "re") and name in expected.WORKSPACE and "_" in name))


def doors_of(name: str, who: str) -> tuple[str, str | None]:
    """Which table of routes a page is in, and who may open it. A researcher walks the project they lead."""
    for table in ("PUBLIC", "OWN", "ROLES", "TOPIC", "PROJECT", "WORKSPACE"):
        if name in getattr(expected, table):
            doors = getattr(expected, table)[name][0]
            of_theses = name.startswith("thesis") or name in ("hand_in", "rhythm")
            leads = who == "re" and table == "WORKSPACE" and not of_theses
            if who == "ad" and table == "PROJECT":
                return "", None  # they walk a thesis
            return table, doors and doors + " re" if leads else doors
    return "", None


def keys(person: Person | None, title: str) -> dict[str, dict[str, Any]]:
    topic = Topic.objects.filter(state="open").order_by("publisher__email" if person is None else "pk")[0]
    own = Topic.objects.filter(publisher=person, state="open").first() or topic
    public, roles = {"pk": topic.pk}, {"pk": Person.objects.get(email__startswith="seun").pk}
    if not person:
        return {"PUBLIC": public, "TOPIC": public, "OWN": {}, "ROLES": {}}
    space = Workspace.objects.get(title__startswith=title)
    return {
        "PUBLIC": public,
        "OWN": {},
        "ROLES": {**roles, "number": Message.objects.first().pk},
        "TOPIC": {"pk": own.pk},
        "PROJECT": {"pk": space.pk},
        "WORKSPACE": {"pk": space.pk, "v": 1},
        **things(space, person),
    }


def things(space: Workspace, person: Person) -> dict[str, dict[str, Any]]:
    """Where addresses of one noun find a thing that this person may edit."""
    update = Update.objects.filter(workspace=space, created_by=person).last()
    comment = Comment.objects.filter(workspace=space, created_by=person).last()
    threads = (update or Update.objects.filter(workspace=space)[0]).pk
    found = {
        "update": {"update_id": threads},
        "update_edit": {"update_id": update and update.pk},
        "comment_edit": {"update_id": comment and comment.update_id, "comment_id": comment and comment.pk},
    }
    for noun, model in (
        ("todo", Todo),
        ("goal", Goal),
        ("milestone", Milestone),
        ("meeting", Meeting),
        ("file", Document),
    ):
        rows = model.objects.filter(workspace=space, deleted_at=None).order_by("number")
        rows = rows.filter(frozen_at=None) if noun == "goal" else rows
        found[noun] = {"n": row.number if (row := rows.first()) else None}
    return found
