"""What programs read: the same as on the pages, for the same people, in a fixed number of queries."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from superviseme.api import throttle
from superviseme.events.models import Event
from superviseme.theses.models import Topic
from superviseme.web.checks import every_view
from superviseme.web.time import now, today
from superviseme.workspaces.files.actions import add_file
from superviseme.workspaces.files.kinds import check
from superviseme.workspaces.files.storage import keep
from superviseme.workspaces.models import Goal, Meeting, Milestone, Todo
from superviseme.workspaces.updates import actions as updates
from tests import people
from tests.pictures.drawn import give as give_picture

LISTS = ["updates", "todos", "milestones", "goals", "meetings", "files"]


def fill(workspace, alice, bob, count=1):
    for number in range(1, count + 1):
        own = {"workspace": workspace, "created_by": alice, "number": number, "title": f"x{number}"}
        Todo.objects.create(**own, assignee=bob)
        Goal.objects.create(**own)
        Milestone.objects.create(**own, due_on=today())
        meeting = Meeting.objects.create(**own, starts_at=now() + dt.timedelta(days=number))
        meeting.attendees.create(person=bob)
        update = updates.post_update(workspace, kind="progress", text=f"text {number}", tags=["t"], by=alice)
        updates.comment_on(update, text="well", by=bob)
        upload = ContentFile(b"%PDF-1.4\n%%EOF\n" + bytes(number), name="x.pdf")
        add_file(workspace, stored=keep(check(upload, most=1000)), title=f"x{number}", by=alice)


def queries(program, address):
    program.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = program.get(address)
    assert answer.status_code == 200, answer.content
    return len(asked), len(answer.json()["items"])


@pytest.mark.parametrize("noun", LISTS)
def test_a_list_costs_the_same_with_one_row_and_three(program, workspace, alice, bob, noun):
    one = program(alice)
    fill(workspace, alice, bob)
    few, rows = queries(one, f"/api/v1/workspaces/{workspace.pk}/{noun}")
    assert (rows, few <= 12) == (1, True)
    Todo.objects.all().delete(), Goal.objects.all().delete(), Milestone.objects.all().delete()
    Meeting.objects.all().delete()
    fill(workspace, alice, bob, 3)
    many, rows = queries(one, f"/api/v1/workspaces/{workspace.pk}/{noun}")
    assert (many, rows >= 3) == (few, True)


def items(program, address):
    answer = program.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def test_a_to_do_looks_like_itself(program, workspace, alice, bob, settings):
    fill(workspace, alice, bob)
    (found,) = items(program(alice), f"/api/v1/workspaces/{workspace.pk}/todos")
    who = {"id": bob.pk, "name": "Bob Boss"}
    assert {key: found[key] for key in ("number", "title", "state", "priority", "due_on", "assignee", "version")} == {
        "number": 1,
        "title": "x1",
        "state": "open",
        "priority": 2,
        "due_on": None,
        "assignee": who,
        "version": 1,
    }
    assert found["url"] == f"{settings.BASE_URL}/w/{workspace.pk}/todos/1"


def test_an_update_comes_with_its_answers_but_not_the_deleted_ones(program, workspace, alice, bob):
    update = updates.post_update(workspace, kind="progress", text="*new*", tags=["wind"], by=alice)
    kept = updates.comment_on(update, text="well", by=bob)
    gone = updates.comment_on(update, text="secret", by=bob)
    updates.comment_on(update, text="an answer", by=alice, parent=gone)
    updates.delete_comment(gone, by=bob)
    (found,) = items(program(alice), f"/api/v1/workspaces/{workspace.pk}/updates?tag=WIND")
    assert (found["text"], found["tags"], found["kind"]) == ("*new*", ["wind"], "progress")
    assert [(c["id"], c["text"]) for c in found["comments"]][0] == (kept.pk, "well")
    assert [c["text"] for c in found["comments"]] == ["well", "an answer"]


def test_a_file_is_downloaded_as_it_was(program, workspace, alice, bob):
    fill(workspace, alice, bob)
    (found,) = items(program(bob), f"/api/v1/workspaces/{workspace.pk}/files")
    assert (found["address"], [v["number"] for v in found["versions"]]) == ("", [1])
    answer = program(bob).get(f"/api/v1/workspaces/{workspace.pk}/files/1/versions/1")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4\n%%EOF\n\x00"
    assert answer["Content-Disposition"] == 'attachment; filename="x.pdf"'


def test_a_deleted_thing_is_not_there(program, workspace, alice, bob):
    fill(workspace, alice, bob)
    Todo.objects.update(deleted_at=now(), deleted_by=alice)
    alices = program(alice)
    assert items(alices, f"/api/v1/workspaces/{workspace.pk}/todos") == []
    assert alices.get(f"/api/v1/workspaces/{workspace.pk}/todos/1").status_code == 404


def test_a_grade_is_read_by_who_judges_and_by_the_author_once_it_is_recorded(program, thesis, alice, bob):
    thesis.grade, thesis.grade_out_of = "1.30", "5"
    thesis.save()
    address = f"/api/v1/theses/{thesis.workspace_id}"
    grades = [program(who).get(address).json()["thesis"]["grade"] for who in (alice, bob)]
    thesis.graded_at = now()
    thesis.save()
    grades.append(program(alice).get(address).json()["thesis"]["grade"])
    assert grades == [None, "1.30", "1.30"]


def test_people_are_those_one_works_with(program, workspace, project, alice, bob, carol, eve, mallory, ada):
    assert {p["id"] for p in items(program(alice), "/api/v1/people")} == {alice.pk, bob.pk, carol.pk, eve.pk}
    assert [p["id"] for p in items(program(mallory), "/api/v1/people")] == [mallory.pk]
    assert len(items(program(ada), "/api/v1/people")) == type(ada).objects.count()


def test_a_picture_is_seen_by_programs_of_those_who_see_it_on_pages(program, workspace, alice, bob, mallory):
    give_picture(bob)
    shown = {p["id"]: p["picture"] for p in items(program(alice), "/api/v1/people")}
    address = shown[bob.pk].removeprefix(settings.BASE_URL)
    answer = program(alice).get(address)
    assert (shown[alice.pk], answer.status_code, answer["Content-Type"]) == ("", 200, "image/webp")
    assert [program(mallory).get(address).status_code, Client().get(address).status_code] == [404, 401]


def test_a_draft_is_seen_by_who_offers_it(program, alice, bob):
    Topic.objects.create(title="Kites", state="draft", publisher=bob)
    assert [[t["title"] for t in items(program(who), "/api/v1/topics")] for who in (bob, alice)] == [["Kites"], []]


def test_notices_are_the_own_ones(program, workspace, alice, bob):
    updates.post_update(workspace, kind="progress", text="new", by=alice)
    (found,) = items(program(bob), "/api/v1/notices?unread=true")
    assert (found["verb"], found["who"], found["workspace"]) == ("update.posted", "Alice Author", workspace.pk)
    assert items(program(alice), "/api/v1/notices") == []


@pytest.mark.parametrize("noun", ["people", "workspaces", "theses", "projects", "topics", "notices"])
def test_lists_of_the_site_cost_the_same_with_one_row_and_three(program, workspace, alice, bob, ada, noun):
    def more(number):
        people.a_thesis(author=alice, supervisor=bob, title=f"Thesis {number}")
        people.a_project(author=bob, title=f"Project {number}")
        Topic.objects.create(title=f"Topic {number}", state="open", publisher=bob)
        updates.post_update(workspace, kind="progress", text=f"text {number}", by=alice)

    reader = program(bob)
    more(1)
    few, rows = queries(reader, f"/api/v1/{noun}")
    more(2), more(3)
    many, more_rows = queries(reader, f"/api/v1/{noun}")
    assert (few == many, few <= 12, more_rows > rows or noun == "people") == (True, True, True)


def test_pages_hang_together(program, workspace, alice):
    Todo.objects.bulk_create(Todo(workspace=workspace, created_by=alice, number=n, title="x") for n in range(1, 54))
    one, found, after = program(alice), [], ""
    while after is not None:
        page = one.get(f"/api/v1/workspaces/{workspace.pk}/todos?after={after}").json()
        found, after = [*found, len(page["items"])], page["next"]
    assert found == [25, 25, 3]


def test_a_refusal_is_json_whoever_refuses(program, workspace, alice, mallory):
    told = {
        "/api/v1/none": 404,
        "/api/v1/%00": 404,
        f"/api/v1/workspaces/{workspace.pk}": 404,
        f"/api/v1/workspaces/{2**70}": 404,
        f"/api/v1/workspaces/{2**63}/todos/{2**63}": 404,
        "/api/v1/theses?state=none": 422,
    }
    outsider = program(mallory)
    for address, status in told.items():
        answer = outsider.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/json"), address
        assert {"detail", "reason"} <= set(answer.json())


def test_too_often_is_said_with_the_seconds(program, alice, monkeypatch):
    monkeypatch.setattr(throttle, "PER_MINUTE", 2)
    one = program(alice)
    answers = [one.get("/api/v1/me") for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 61


def test_an_administrator_s_reading_is_in_the_audit_here_too(program, workspace, ada):
    program(ada).get(f"/api/v1/workspaces/{workspace.pk}/todos")
    assert Event.objects.filter(verb="workspace.overseen", actor=ada).count() == 1


def test_the_description_names_every_address(client):
    described = client.get("/api/v1/openapi.json").json()
    addresses = {str(route) for route, p in every_view() if str(p.name).startswith("api_") and p.name != "api_page"}
    assert {"/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", a) for a in addresses} == set(described["paths"])
