"""What programs write: by the actions of the pages, refused in the same words."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from superviseme.events.models import Event
from superviseme.notifications.models import Notice
from superviseme.theses.models import StateChange
from superviseme.web.time import now, today
from superviseme.workspaces.models import Comment, Document, Goal, Meeting, Milestone, Todo, Update
from superviseme.workspaces.room.actions import freeze_workspace
from superviseme.workspaces.todos.actions import add_todo
from superviseme.workspaces.updates.actions import post_update

JSON = "application/json"
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def at(workspace):
    """The address of a thing in the workspace."""
    return lambda *parts: "/".join(["/api/v1/workspaces", str(workspace.pk), *map(str, parts)])


def said(answer, *names):
    body = answer.json()
    return answer.status_code, *(body.get(name) for name in names)


def test_a_to_do_is_added_changed_done_and_deleted(program, at, alice, bob):
    one = program(alice)
    body = {"title": " Calibrate ", "assignee": bob.pk, "due_on": "2030-01-02", "priority": 1}
    assert said(one.post(at("todos"), body, JSON), "number", "title", "due_on") == (201, 1, "Calibrate", "2030-01-02")
    assert said(one.patch(at("todos", 1), {"title": "Measure"}, JSON), "title", "priority") == (200, "Measure", 1)
    assert said(one.post(at("todos", 1, "completion")), "state") == (200, "done")
    assert one.post(at("todos", 1, "deletion")).status_code == 204
    assert said(one.post(at("todos", 1, "restoration")), "state") == (200, "done")
    todo = Todo.objects.get()
    assert (todo.created_by, todo.closed_by, todo.assignee) == (alice, alice, bob)
    assert Notice.objects.filter(recipient=bob, verb="todo.assigned").count() == 1


def test_another_s_change_is_not_overwritten(program, at, workspace, alice, bob):
    add_todo(workspace, title="x", by=bob)
    one = program(alice)
    assert said(one.patch(at("todos", 1), {"title": "y", "version": 1}, JSON), "version") == (200, 2)
    answer = one.patch(at("todos", 1), {"title": "z", "version": 1}, JSON)
    assert said(answer, "detail") == (409, "Somebody changed this since you read it. Read it again.")
    assert Todo.objects.get().title == "y"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "title"),
        ({"title": ""}, "title"),
        ({"title": "  "}, "title"),
        ({"title": 5}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "x", "due_on": "tomorrow"}, "due_on"),
        ({"title": "x", "due_on": "0001-01-01"}, "due_on"),
        ({"title": "x", "priority": 4}, "priority"),
        ({"title": "x", "assignee": 2**70}, "assignee"),
        ({"title": "x", "assignee": 999_999}, "assignee"),
        ({"title": "x", "owner": 1}, "owner"),
        ([], "__all__"),
        ("{", "__all__"),
        (b"\xff\xfe", "__all__"),
    ],
)
def test_what_does_not_fit_is_said_by_field(program, at, alice, body, field):
    answer = program(alice).post(at("todos"), body, JSON)
    assert (answer.status_code, list(answer.json()["errors"]), Todo.objects.count()) == (422, [field], 0)


def test_the_reason_of_a_refusal_is_that_of_the_page(program, at, workspace, alice, bob, eve):
    reasons = [said(program(eve).post(at("todos"), {"title": "x"}, JSON), "reason")]
    freeze_workspace(workspace, by=bob)
    reasons.append(said(program(alice).post(at("todos"), {"title": "x"}, JSON), "reason"))
    assert reasons == [
        (403, "This is for: author, supervisor, collaborator."),
        (403, "This workspace is frozen. Unfreeze it to change anything in it."),
    ]


def test_the_law_is_asked_before_what_was_sent_is_read(program, at, eve, mallory):
    statuses = [program(who).post(at("todos"), "nonsense", JSON).status_code for who in (eve, mallory)]
    assert statuses == [403, 404]


def test_a_token_that_may_only_read_writes_nothing(program, at, alice):
    reader = program(alice, writes=False)
    answer = reader.post(at("todos"), {"title": "x"}, JSON)
    assert said(answer, "reason") == (403, "This token may only read.")
    assert (reader.get(at("todos")).status_code, Todo.objects.count()) == (200, 0)


def test_the_same_twice_within_a_minute_makes_one(program, at, alice):
    one = program(alice)
    answers = [one.post(at("milestones"), {"title": "x", "due_on": "2030-01-01"}, JSON) for _ in range(2)]
    assert [said(a, "number") for a in answers] == [(201, 1), (201, 1)]
    assert Milestone.objects.count() == 1


def test_a_session_without_a_token_writes_nothing(as_, at, alice):
    assert as_(alice).post(at("todos"), {"title": "x"}, JSON).status_code == 401
    assert Todo.objects.count() == 0


def test_an_update_is_posted_answered_and_given_feedback(program, at, alice, bob):
    one, two = program(alice), program(bob)
    body = {"kind": "progress", "text": "First figures", "tags": ["wind", "Wind", "data"]}
    answer = one.post(at("updates"), body, JSON)
    assert said(answer, "text", "tags") == (201, "First figures", ["Wind", "data"])
    number = answer.json()["id"]
    answered = two.post(at("updates", number, "comments"), {"text": "Good"}, JSON).json()
    (comment,) = answered["comments"]
    one.post(at("updates", number, "comments"), {"text": "Thanks", "parent": comment["id"]}, JSON)
    found = two.post(at("updates", number, "feedback"), {"text": "Check the units"}, JSON).json()
    assert [(c["text"], c["is_feedback"], c["parent"]) for c in found["comments"]] == [
        ("Good", False, None),
        ("Thanks", False, comment["id"]),
        ("Check the units", True, None),
    ]
    assert two.patch(at("updates", number, "comments", comment["id"]), {"text": "Fine"}, JSON).status_code == 200
    assert two.post(at("updates", number, "comments", comment["id"], "deletion")).status_code == 204
    assert two.post(at("updates", number, "comments", comment["id"], "restoration")).status_code == 200
    assert Comment.objects.get(pk=comment["id"]).text == "Fine"


def test_an_answer_belongs_to_its_update(program, at, workspace, alice):
    first, second = (post_update(workspace, kind="progress", text=t, by=alice) for t in ("a", "b"))
    one = program(alice)
    number = one.post(at("updates", first.pk, "comments"), {"text": "x"}, JSON).json()["comments"][0]["id"]
    strange = one.post(at("updates", second.pk, "comments"), {"text": "y", "parent": number}, JSON)
    assert (strange.status_code, Comment.objects.count()) == (404, 1)


def test_a_student_gives_no_feedback_as_an_update(program, at, alice):
    answer = program(alice).post(at("updates"), {"kind": "feedback", "text": "x"}, JSON)
    assert (answer.status_code, Update.objects.count()) == (403, 0)


def test_a_meeting_is_planned_changed_recorded_and_confirmed(program, at, alice, bob):
    one, two = program(alice), program(bob)
    body = {"title": "Weekly", "starts_at": "2030-05-01T10:00:00+02:00", "attendees": [alice.pk, bob.pk]}
    assert said(one.post(at("meetings"), body, JSON), "starts_at", "minutes") == (201, "2030-05-01T08:00:00Z", 60)
    changed = one.patch(at("meetings", 1), {"place": "Room 3", "minutes": 30}, JSON)
    assert said(changed, "place", "minutes", "title") == (200, "Room 3", 30, "Weekly")
    assert said(two.post(at("meetings", 1, "record"), {"notes": "Said much"}, JSON), "notes") == (200, "Said much")
    confirmed = one.post(at("meetings", 1, "confirmation"), {"version": Meeting.objects.get().version}, JSON)
    assert [bool(a["confirmed_at"]) for a in confirmed.json()["attendees"]] == [True, False]
    assert one.post(at("meetings", 1, "cancellation")).json()["cancelled_at"] is not None
    assert one.post(at("meetings", 1, "reinstatement")).json()["cancelled_at"] is None


@pytest.mark.parametrize("when", ["2030-05-01T10:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", 5])
def test_a_moment_without_a_zone_or_beyond_all_calendars_is_refused(program, at, alice, when):
    body = {"title": "x", "starts_at": when, "attendees": [alice.pk]}
    answer = program(alice).post(at("meetings"), body, JSON)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["starts_at"])


def test_a_goal_is_frozen_by_who_supervises(program, at, alice, bob):
    one, two = program(alice), program(bob)
    one.post(at("goals"), {"kind": "objective", "title": "Faster"}, JSON)
    assert one.post(at("goals", 1, "freeze")).status_code == 403
    assert two.post(at("goals", 1, "freeze")).json()["frozen_at"] is not None
    refused = one.patch(at("goals", 1), {"title": "Slower"}, JSON)
    assert said(refused, "reason") == (403, "This goal is frozen. Your supervisor can unfreeze it.")
    assert said(two.patch(at("goals", 1), {"state": "refuted"}, JSON), "reason")[0] == 422
    assert Goal.objects.get().title == "Faster"


def test_a_milestone_is_reached_once(program, at, workspace, alice, bob):
    Milestone.objects.create(workspace=workspace, created_by=alice, number=1, title="x", due_on=today())
    for one in (program(alice), program(bob)):
        assert one.post(at("milestones", 1, "completion")).json()["reached_by"]["id"] == alice.pk
    assert Event.objects.filter(verb="milestone.reached").count() == 1


def upload(content, name="thesis.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_file_is_uploaded_in_versions(program, at, alice, bob):
    one = program(alice)
    first = one.post(at("files"), {"files": upload(PDF), "title": "Draft", "category": "draft"})
    assert said(first, "number", "title", "kind") == (201, 1, "Draft", "file")
    second = program(bob).post(at("files", 1, "versions"), {"files": upload(PDF + b"2"), "note": "better"})
    assert [(v["number"], v["note"], v["size"]) for v in second.json()["versions"]] == [(2, "better", 16), (1, "", 15)]
    assert said(one.patch(at("files", 1), {"title": "Thesis"}, JSON), "title", "category") == (200, "Thesis", "draft")
    assert one.post(at("files", 1, "deletion")).status_code == 204
    assert said(one.post(at("files", 1, "restoration")), "title") == (200, "Thesis")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 422),
        ({"files": upload(b"MZ" + bytes(200), "virus.exe")}, 422),
        ({"files": upload(b"<html>", "page.pdf")}, 422),
        ({"files": [upload(PDF), upload(PDF, "b.pdf")]}, 422),
    ],
)
def test_a_file_that_is_not_taken_on_the_page_is_not_taken_here(program, at, alice, sent, status):
    answer = program(alice).post(at("files"), sent)
    assert (answer.status_code, list(answer.json()["errors"]), Document.objects.count()) == (status, ["files"], 0)


def test_a_link_is_http(program, at, alice):
    one = program(alice)
    bad = one.post(at("files/links"), {"title": "x", "address": "javascript:alert(1)"}, JSON).json()
    assert list(bad["errors"]) == ["address"]
    good = one.post(at("files/links"), {"title": "x", "address": "https://example.org/"}, JSON)
    assert said(good, "address", "kind") == (201, "https://example.org/", "link")
    assert one.post(at("files", 1, "versions"), {"files": upload(PDF)}).status_code == 422


def test_more_than_a_file_may_have_is_413_before_it_is_read(program, at, alice):
    answer = program(alice).generic("POST", at("todos"), b"x", JSON, CONTENT_LENGTH=str(6 * 1024 * 1024))
    assert (answer.status_code, answer["Content-Type"]) == (413, JSON)


def test_a_thesis_moves_by_its_table(program, thesis, bob, alice):
    address = f"/api/v1/theses/{thesis.workspace_id}"
    two = program(bob)
    answer = two.post(f"{address}/state", {"target": "writing", "source": "in_progress"}, JSON)
    assert (answer.status_code, answer.json()["thesis"]["state"]) == (200, "writing")
    assert two.post(f"{address}/state", {"target": "in_review", "source": "in_progress"}, JSON).status_code == 409
    assert two.post(f"{address}/state", {"target": "completed"}, JSON).status_code == 403
    assert program(alice).post(f"{address}/state", {"target": "in_review"}, JSON).status_code == 403
    assert StateChange.objects.count() == 1


def test_facts_of_a_thesis_are_changed_one_by_one(program, thesis, bob):
    address, two = f"/api/v1/theses/{thesis.workspace_id}", program(bob)
    changed = two.patch(address, {"submit_by": "2030-02-03", "keywords": ["wind", "steel"]}, JSON)
    assert changed.json()["thesis"]["submit_by"] == "2030-02-03"
    two.patch(address, {"level": "bachelor"}, JSON)
    thesis.refresh_from_db()
    assert (thesis.level, str(thesis.submit_by)) == ("bachelor", "2030-02-03")
    assert sorted(k.word for k in thesis.keywords.all()) == ["steel", "wind"]


def test_a_project_is_begun_and_moved(program, rita, alice):
    one = program(rita)
    begun = one.post("/api/v1/projects", {"title": "Rivers", "description": "Of ice"}, JSON)
    assert (begun.status_code, begun.json()["project"]["kind"]) == (201, "research")
    address = f"/api/v1/projects/{begun.json()['id']}"
    wrong = one.patch(address, {"starts_on": "2030-02-01", "ends_on": "2030-01-01"}, JSON)
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["ends_on"])
    moved = one.post(f"{address}/state", {"target": "paused", "why": "Summer"}, JSON)
    assert moved.json()["project"]["state"] == "paused"
    assert program(alice).post("/api/v1/projects", {"title": "x", "description": "x"}, JSON).status_code == 403


def test_a_workspace_is_frozen_and_unfrozen(program, at, bob):
    two = program(bob)
    assert said(two.post(at("freeze"), {"why": "Exams"}, JSON), "frozen_why") == (200, "Exams")
    assert said(two.patch(at(), {"title": "New"}, JSON))[0] == 403
    assert said(two.post(at("unfreeze")), "frozen_at") == (200, None)
    assert said(two.patch(at(), {"title": "New"}, JSON), "title") == (200, "New")


def test_a_notice_is_read_and_cleared_by_its_reader_alone(program, workspace, alice, bob):
    post_update(workspace, kind="progress", text="x", by=alice)
    notice = Notice.objects.get(recipient=bob)
    assert program(alice).post(f"/api/v1/notices/{notice.pk}/reading").status_code == 404
    two = program(bob)
    assert two.post(f"/api/v1/notices/{notice.pk}/reading").json()["read_at"] is not None
    assert two.post(f"/api/v1/notices/{notice.pk}/deletion").status_code == 204
    assert Notice.objects.filter(recipient=bob).count() == 0


def test_days_are_those_of_the_person(program, at, workspace, alice):
    type(alice).objects.filter(pk=alice.pk).update(time_zone="Pacific/Kiritimati")
    answer = program(alice).post(at("todos"), {"title": "x", "due_on": str(now().date() + dt.timedelta(1))}, JSON)
    assert answer.status_code == 201


def test_a_person_named_twice_is_asked_once(program, at, alice):
    body = {"title": "x", "starts_at": "2030-05-01T10:00:00Z", "attendees": [alice.pk, alice.pk]}
    answer = program(alice).post(at("meetings"), body, JSON)
    assert (answer.status_code, [a["person"]["id"] for a in answer.json()["attendees"]]) == (201, [alice.pk])


@pytest.mark.parametrize(
    "body", [{"priority": True}, {"title": "\u200b"}, {"starts_at": "1795667260", "attendees": [1]}]
)
def test_what_only_looks_like_a_value_is_none(program, at, alice, body):
    place = at("meetings" if "starts_at" in body else "todos")
    assert program(alice).post(place, {"title": "x", **body}, JSON).status_code == 422
