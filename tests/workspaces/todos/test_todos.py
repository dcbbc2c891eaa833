"""To-dos: who may do what, who hears of it, and what cannot be meant."""

import pytest

from superviseme.notifications.models import Notice
from superviseme.policy.check import NotAllowed
from superviseme.workspaces.models import Todo
from superviseme.workspaces.room import actions as room
from superviseme.workspaces.todos import actions

from ... import people

HTMX = {"HX-Request": "true"}


@pytest.fixture
def todo(workspace, alice):
    return actions.add_todo(workspace, title="Read ten papers", by=alice)


def told(verb):
    return sorted(Notice.objects.filter(verb=verb).values_list("recipient__name", flat=True))


def address(todo, noun=""):
    return f"/w/{todo.workspace_id}/todos/{todo.number}" + (f"/{noun}" if noun else "")


def test_numbers_grow_by_one_in_each_workspace_and_are_never_given_twice(workspace, project, alice, rita):
    first = actions.add_todo(workspace, title="One", by=alice)
    actions.delete_todo(first, by=alice)
    assert [first.number, actions.add_todo(workspace, title="Two", by=alice).number] == [1, 2]
    assert actions.add_todo(project.workspace, title="Other", by=rita).number == 1


def test_a_new_todo_is_told_to_who_works_there_and_to_its_assignee_once(workspace, alice, bob):
    actions.add_todo(workspace, title="Read", by=alice, assignee=bob)
    assert told("todo.added") == ["Carol"]
    assert told("todo.assigned") == ["Bob"]


def test_nobody_is_told_of_a_todo_taken_for_oneself_as_assigned(workspace, alice):
    actions.add_todo(workspace, title="Mine", by=alice, assignee=alice)
    assert told("todo.assigned") == []
    assert told("todo.added") == ["Bob", "Carol"]


def test_an_examiner_who_gets_a_todo_hears_of_it(workspace, bob, eve):
    todo = actions.add_todo(workspace, title="Read the draft", by=bob, assignee=eve)
    actions.move_todo(todo, to="cancelled", by=bob)
    assert told("todo.assigned") == ["Eve"]
    assert told("todo.cancelled") == ["Alice", "Carol", "Eve"]


def test_a_todo_given_to_somebody_else_tells_only_the_new_one(workspace, todo, alice, bob, carol):
    fields = {"title": todo.title, "description": "", "priority": 2, "due_on": None}
    actions.edit_todo(todo, **fields, assignee=bob, by=alice)
    actions.edit_todo(todo, **fields, assignee=carol, by=alice)
    assert told("todo.assigned") == ["Bob", "Carol"]
    assert told("todo.edited") == []


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 302), ("bob", 302), ("carol", 302), ("ada", 302), ("eve", 403), ("mallory", 404)]
)
@pytest.mark.parametrize("noun", ["", "completion", "cancellation", "state", "edit"])
def test_who_may_add_and_move_and_edit(request, as_, workspace, todo, who, status, noun):
    to = address(todo, noun) if noun else f"/w/{workspace.pk}/todos"
    answer = as_(request.getfixturevalue(who)).post(to, {"title": "New", "to": "doing", "version": todo.version})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 302), ("bob", 302), ("carol", 403), ("ada", 302), ("eve", 403), ("mallory", 404)]
)
def test_its_creator_and_supervisors_delete_and_restore(request, as_, todo, who, status, bob):
    browser = as_(request.getfixturevalue(who))
    assert browser.post(address(todo, "deletion")).status_code == status
    Todo.objects.filter(pk=todo.pk).update(deleted_at=todo.created_at, deleted_by=bob)
    assert browser.post(address(todo, "restoration")).status_code == status


def test_in_a_project_the_lead_and_collaborators_work_with_todos(as_, project, rita, carol, eve):
    people.seat(project.workspace, eve, people.Seat.SUPERVISOR)
    to = f"/w/{project.workspace.pk}/todos"
    assert [as_(who).post(to, {"title": f"By {who.name}"}).status_code for who in (rita, carol, eve)] == [302, 302, 403]


def test_completing_and_reopening_is_told_and_kept(as_, todo, alice, bob):
    as_(bob).post(address(todo, "completion"))
    todo.refresh_from_db()
    assert (todo.state, todo.closed_by, told("todo.completed")) == ("done", bob, ["Alice", "Carol"])
    as_(alice).post(address(todo, "reopening"))
    todo.refresh_from_db()
    assert (todo.state, todo.closed_at, told("todo.reopened")) == ("open", None, ["Bob", "Carol"])


def test_completing_twice_is_completing_once(as_, todo, alice):
    answers = [as_(alice).post(address(todo, "completion")).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert told("todo.completed") == ["Bob", "Carol"]


def test_a_click_is_answered_with_the_row_and_an_undo(as_, todo, alice):
    answer = as_(alice).post(address(todo, "completion"), headers=HTMX)
    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert 'id="todo-1"' in answer.text and "row-done" in answer.text
    assert f'action="{address(todo, "reopening")}"' in answer.text


def test_a_double_submit_makes_one_todo(as_, workspace, alice):
    for _ in range(2):
        as_(alice).post(f"/w/{workspace.pk}/todos", {"title": "Once", "due_on": "2027-01-31"})
    assert Todo.objects.count() == 1


def test_adding_by_click_brings_the_list_with_the_new_one(as_, workspace, alice):
    answer = as_(alice).post(f"/w/{workspace.pk}/todos", {"title": "Clicked"}, headers=HTMX)
    assert answer.status_code == 200
    assert 'id="composer"' in answer.text and 'id="todo-1"' in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "\x00 \x07"),
        ("title", "x" * 201),
        ("due_on", "0000-01-01"),
        ("due_on", "0001-01-01"),
        ("due_on", "9999-12-31"),
        ("due_on", "2026-02-30"),
        ("due_on", "soon"),
        ("priority", "0"),
        ("priority", "9"),
        ("priority", "urgent"),
        ("assignee", "0"),
        ("assignee", "-1"),
        ("assignee", "Bob"),
        ("assignee", str(2**70)),
        ("description", "x" * 1_000_000),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_meant_comes_back_filled_in(as_, workspace, alice, field, value, headers):
    typed = {"title": "Kept as typed", "description": "also kept", field: value}
    answer = as_(alice).post(f"/w/{workspace.pk}/todos", typed, headers=headers)
    assert answer.status_code == 422
    assert ("also kept" if field == "title" else "Kept as typed") in answer.text
    assert Todo.objects.count() == 0


def test_somebody_of_another_workspace_cannot_be_given_a_todo(as_, workspace, alice, mallory):
    answer = as_(alice).post(f"/w/{workspace.pk}/todos", {"title": "For her", "assignee": mallory.pk})
    assert answer.status_code == 422
    with pytest.raises(NotAllowed):
        actions.add_todo(workspace, title="For her", by=alice, assignee=mallory)


def test_emoji_and_markup_in_a_title_are_shown_as_typed(as_, workspace, alice):
    as_(alice).post(f"/w/{workspace.pk}/todos", {"title": '🎓 <b>"thesis"</b>'})
    assert "🎓 &lt;b&gt;&#34;thesis&#34;&lt;/b&gt;" in as_(alice).get(f"/w/{workspace.pk}/todos").text


@pytest.mark.parametrize("n", ["0", "99", str(2**63), str(2**80)])
@pytest.mark.parametrize("noun", ["", "/edit", "/completion", "/restoration"])
def test_a_number_that_does_not_exist_is_not_found(as_, workspace, todo, alice, n, noun):
    browser = as_(alice)
    send = browser.post if noun in ("/completion", "/restoration") else browser.get
    assert send(f"/w/{workspace.pk}/todos/{n}{noun}").status_code == 404


def test_a_todo_is_only_found_in_its_own_workspace(as_, todo, project, carol):
    assert as_(carol).get(f"/w/{project.workspace.pk}/todos/{todo.number}").status_code == 404


def test_a_state_that_does_not_exist_is_refused(as_, todo, alice):
    assert as_(alice).post(address(todo, "state"), {"to": "lost"}).status_code == 422


def test_an_edit_of_an_old_form_keeps_both_texts(as_, todo, alice, bob):
    as_(bob).post(address(todo, "edit"), {"title": "Words of Bob", "version": 1})
    answer = as_(alice).post(address(todo, "edit"), {"title": "Words of Alice", "version": 1})
    assert answer.status_code == 409
    assert "Words of Bob" in answer.text and "Words of Alice" in answer.text
    assert 'name="version" value="2"' in answer.text


def test_ticking_does_not_make_an_open_form_old(as_, todo, alice, bob):
    as_(bob).post(address(todo, "completion"))
    assert as_(alice).post(address(todo, "edit"), {"title": "Still mine", "version": 1}).status_code == 302


def test_who_left_keeps_a_todo_until_it_is_given_on(as_, todo, workspace, alice, carol):
    fields = {"title": todo.title, "description": "", "priority": 2, "due_on": None}
    actions.edit_todo(todo, **fields, assignee=carol, by=alice)
    workspace.members.filter(person=carol).delete()
    as_(alice).post(address(todo, "edit"), {"title": "Renamed", "assignee": carol.pk, "version": 2})
    todo.refresh_from_db()
    assert (todo.title, todo.assignee) == ("Renamed", carol)
    assert told("todo.edited") == []


def test_nothing_is_written_in_a_frozen_workspace_and_the_controls_say_why(as_, todo, alice, bob):
    room.freeze_workspace(todo.workspace, by=bob)
    browser = as_(alice)
    for noun in ("completion", "cancellation", "state", "deletion", "edit"):
        assert browser.post(address(todo, noun), {"to": "done", "title": "x"}).status_code == 403
    assert browser.post(f"/w/{todo.workspace_id}/todos", {"title": "x"}).status_code == 403
    for page in (f"/w/{todo.workspace_id}/todos", address(todo), f"/w/{todo.workspace_id}/todos?view=board"):
        text = browser.get(page).text
        assert "This workspace is frozen." in text
        assert f'action="{address(todo, "completion")}"' not in text


def test_a_deleted_todo_is_gone_and_comes_back(as_, todo, alice):
    browser = as_(alice)
    gone = browser.post(address(todo, "deletion"), headers=HTMX)
    assert f'action="{address(todo, "restoration")}"' in gone.text
    assert browser.get(address(todo)).status_code == 404
    browser.post(address(todo, "restoration"))
    assert browser.get(address(todo)).status_code == 200


def test_moving_between_open_and_in_progress_bothers_nobody(todo, bob):
    Notice.objects.all().delete()
    actions.move_todo(todo, to="doing", by=bob)
    actions.move_todo(todo, to="open", by=bob)
    assert Notice.objects.count() == 0
