"""Everything can be taken along, by those who may; nothing in it runs and nothing in it opens a door."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection

from superviseme.accounts.invitations.actions import invite
from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import erase_person
from superviseme.events.models import Event
from superviseme.ops.exports.about_me import everything_about
from superviseme.ops.exports.tables import exported
from superviseme.policy.roles import Role
from superviseme.theses.interest.actions import express_interest
from superviseme.theses.models import Topic
from superviseme.web.time import simulated
from superviseme.workspaces.models import Update
from superviseme.workspaces.todos.actions import add_todo
from superviseme.workspaces.updates.actions import comment_on, post_update
from tests import people
from tests.payloads import FORMULAS


def sent(answer):
    return b"".join(answer.streaming_content)


def test_every_table_of_ours_is_there():
    ours = {m._meta.label_lower for m in apps.get_models() if m.__module__.startswith("superviseme.")}
    assert set(exported()) == ours


def test_no_column_opens_a_door():
    names = {f"{table.name}.{column}" for table in exported().values() for column in table.columns}
    doors = re.compile(r"(password|token|secret|hash)[^.]*$|outbox.message.(text|html|headers)")
    assert [name for name in names if doors.search(name)] == []


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_everything_is_a_zip_with_a_file_for_each_table(as_, ada, workspace, kind):
    with simulated(datetime(2026, 11, 26, 12, 0, tzinfo=UTC)):
        answer = as_(ada).post("/admin/exports/everything", {"kind": kind})
    assert answer["Content-Disposition"] == f'attachment; filename="everything-as-{kind}-2026-11-26.zip"'
    with zipfile.ZipFile(io.BytesIO(sent(answer))) as archive:
        assert {name.removesuffix(f".{kind}") for name in archive.namelist()} == set(exported())
        assert archive.testzip() is None
    assert Event.objects.get(verb="data.exported").data["kind"] == kind


@pytest.mark.parametrize("rows", [1, 3])
def test_an_export_is_what_the_table_holds(as_, ada, bob, workspace, rows):
    for n in range(rows):
        post_update(workspace, kind="progress", text=f"é {n}\nline", tags=[], by=bob)
    browser = as_(ada)
    found = json.loads(sent(browser.post("/admin/exports/workspaces.update", {"kind": "json"})))
    assert [(one["id"], one["text"]) for one in found] == list(Update.objects.order_by("pk").values_list("pk", "text"))
    text = sent(browser.post("/admin/exports/workspaces.update", {"kind": "csv"})).decode("utf-8-sig")
    assert [one["text"] for one in csv.DictReader(io.StringIO(text, newline=""))] == [one["text"] for one in found]


def test_no_text_of_anybody_is_a_live_cell_in_any_table(as_, ada, bob, alice, workspace):
    """Forty formulas in every column of text that there is."""
    make_hostile(bob, alice, workspace)
    browser = as_(ada)
    cells = 0
    with zipfile.ZipFile(io.BytesIO(sent(browser.post("/admin/exports/everything", {"kind": "csv"})))) as archive:
        for name in archive.namelist():
            for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")):
                cells += len(row)
                assert [cell for cell in row if is_live(cell)] == []
    assert cells > 40 * 20
    with zipfile.ZipFile(io.BytesIO(sent(browser.post("/admin/exports/everything", {"kind": "xlsx"})))) as archive:
        for name in archive.namelist():
            with zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
                assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def make_hostile(bob, alice, workspace):
    for n, words in enumerate(FORMULAS):
        clean = words.replace("\x00", "")  # a database of texts takes none
        person = people.person(f"H{n} X", Role.STUDENT)
        texts = ("name", "surname", "degree_course", "affiliation", "gender", "nationality", "about", "orcid")
        Person.objects.filter(pk=person.pk).update(**dict.fromkeys(texts, clean[:19]))
        update = post_update(workspace, kind="progress", text=clean, tags=[clean[:40]], by=alice)
        comment_on(update, text=clean, by=bob)
        add_todo(workspace, title=clean, by=bob)
        topic = Topic.objects.create(
            title=clean, summary=clean, description=clean, prerequisites=clean, area=clean, publisher=bob, state="open"
        )
        express_interest(topic, message=clean, by=person)
        invite(email=f"h{n}@example.org", role=Role.STUDENT, by=None, name=clean, surname=clean)


def is_live(cell):
    begin = re.sub("[\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\xa0\u3000 '\"]", "", cell)[:1]
    is_number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
    return begin in tuple("=+-@＝＋－＠|%−﹣﹢") and begin != "" and not cell.startswith("'") and not is_number  # noqa: RUF001 - wide signs


@pytest.mark.parametrize("address", ["everything", "accounts.person", "auth.user", "sessions.session", "x"])
@pytest.mark.parametrize("kind", ["exe", ""])
def test_formats_and_tables_that_are_none_do_not_exist(as_, ada, address, kind):
    browser = as_(ada)
    assert browser.post(f"/admin/exports/{address}", {"kind": kind}).status_code == 404
    if address in ("auth.user", "sessions.session", "x"):
        assert browser.post(f"/admin/exports/{address}", {"kind": "csv"}).status_code == 404


def test_a_person_takes_along_what_is_theirs_and_nothing_of_others(as_, alice, bob, mallory, workspace):
    post_update(workspace, kind="progress", text="mine", tags=[], by=alice)
    post_update(workspace, kind="feedback", text="of Bob", tags=[], by=bob)
    people.a_thesis(title="Another's", author=mallory, supervisor=bob)
    with zipfile.ZipFile(io.BytesIO(sent(as_(alice).post("/profile/export")))) as archive:
        found = {name.removesuffix(".json"): json.loads(archive.read(name)) for name in archive.namelist()}
    assert [one["email"] for one in found["accounts.person"]] == ["alice@example.org"]
    assert [one["text"] for one in found["workspaces.update"]] == ["mine"]
    assert [one["title"] for one in found["workspaces.workspace"]] == ["Bridges under wind"]
    assert [one["seat"] for one in found["workspaces.member"]] == ["author"]
    everything = json.dumps(found)
    assert "of Bob" not in everything and "Another's" not in everything and "bob@example.org" not in everything
    assert "password" not in everything


def test_what_a_person_did_in_office_is_about_others(bob, ada, alice, workspace):
    invite(email="nina@example.org", role=Role.STUDENT, by=bob)
    assert "accounts.invitation" not in dict(everything_about(bob))


def test_nothing_names_a_person_who_was_made_anonymous(ada, alice, bob, workspace):
    Person.objects.filter(pk=alice.pk).update(name="Quetzalcoatl", surname="Zyx", orcid="0000-0002-1825-0097")
    alice.refresh_from_db()
    post_update(workspace, kind="progress", text="what was written stays", tags=[], by=alice)
    topic = Topic.objects.create(title="Kites", state="open", publisher=bob)
    express_interest(topic, message="please", by=alice)
    erase_person(person=alice, by=ada)
    hits = []
    for table in exported().values():
        columns = ", ".join(f'"{f.column}"' for f in table.model._meta.concrete_fields)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {columns} FROM "{table.model._meta.db_table}"')  # noqa: S608 - names of our own tables
            hits += [table.name for row in cursor.fetchall() if re.search("Quetzal|Zyx|alice@|1825-0097", str(row))]
    assert hits == []


def test_the_page_counts_every_table(as_, ada):
    page = as_(ada).get("/admin/exports").text
    assert [name for name in exported() if f"<code>{name}</code>" not in page] == []
