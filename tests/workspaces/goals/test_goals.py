"""Goals: adding, editing, freezing, deleting; who may, who hears of it, and what the page shows."""

import re

import pytest

from superviseme.notifications.models import Notice
from superviseme.policy.check import NotAllowed
from superviseme.policy.roles import Seat
from superviseme.workspaces.goals import actions
from superviseme.workspaces.models import Goal
from superviseme.workspaces.room import actions as room
from superviseme.workspaces.todos import actions as todos

from ... import people

HTMX = {"HX-Request": "true"}


@pytest.fixture
def goal(workspace, alice):
    return actions.add_goal(workspace, kind="objective", title="Detect cracks", description="In **time**", by=alice)


def told(verb):
    return sorted(Notice.objects.filter(verb=verb).values_list("recipient__name", flat=True))


def address(goal, noun=""):
    return f"/w/{goal.workspace_id}/goals/{goal.number}" + (f"/{noun}" if noun else "")


def fields(**changed):
    return {"kind": "objective", "title": "New words", "description": "", "state": "open", **changed}


EVERYBODY = ["alice", "bob", "carol", "eve", "ada", "mallory"]


@pytest.mark.parametrize(("who", "status"), list(zip(EVERYBODY, [302, 302, 302, 403, 302, 404], strict=True)))
def test_who_may_add_and_edit_goals(request, as_, workspace, goal, who, status):
    browser = as_(request.getfixturevalue(who))
    assert browser.post(f"/w/{workspace.pk}/goals", fields()).status_code == status
    assert browser.post(address(goal, "edit"), fields(version=1)).status_code == status


@pytest.mark.parametrize(("who", "status"), list(zip(EVERYBODY, [403, 302, 403, 403, 302, 404], strict=True)))
def test_supervisors_freeze_and_unfreeze(request, as_, goal, who, status, bob):
    browser = as_(request.getfixturevalue(who))
    assert browser.post(address(goal, "freeze")).status_code == status
    Goal.objects.filter(pk=goal.pk).update(frozen_at=goal.created_at, frozen_by=bob)
    assert browser.post(address(goal, "unfreeze")).status_code == status


@pytest.mark.parametrize(("who", "status"), list(zip(EVERYBODY, [403, 302, 403, 403, 302, 404], strict=True)))
def test_a_frozen_goal_is_only_changed_by_supervisors(request, as_, goal, who, status, bob):
    actions.freeze_goal(goal, by=bob)
    browser = as_(request.getfixturevalue(who))
    assert browser.get(address(goal, "edit")).status_code == (200 if status == 302 else status)
    goal.refresh_from_db()
    assert browser.post(address(goal, "edit"), fields(version=goal.version)).status_code == status


@pytest.mark.parametrize(("who", "status"), list(zip(EVERYBODY, [302, 302, 403, 403, 302, 404], strict=True)))
def test_its_creator_and_supervisors_delete_and_restore(request, as_, goal, who, status, bob):
    browser = as_(request.getfixturevalue(who))
    assert browser.post(address(goal, "deletion")).status_code == status
    Goal.objects.filter(pk=goal.pk).update(deleted_at=goal.created_at, deleted_by=bob)
    assert browser.post(address(goal, "restoration")).status_code == status


def test_its_creator_does_not_delete_a_frozen_goal(as_, goal, alice, bob):
    actions.freeze_goal(goal, by=bob)
    assert as_(alice).post(address(goal, "deletion")).status_code == 403


def test_in_a_project_the_lead_freezes_and_collaborators_do_not(as_, project, rita, carol):
    goal = actions.add_goal(project.workspace, kind="objective", title="Map the rivers", by=carol)
    assert as_(carol).post(address(goal, "freeze")).status_code == 403
    assert as_(rita).post(address(goal, "freeze")).status_code == 302
    goal.refresh_from_db()
    edited = fields(version=goal.version)
    assert [as_(who).post(address(goal, "edit"), edited).status_code for who in (carol, rita)] == [403, 302]


def test_freezing_is_told_once_and_shown_with_who_did_it(as_, goal, alice, bob):
    for _ in range(2):
        assert as_(bob).post(address(goal, "freeze")).status_code == 302
    assert told("goal.frozen") == ["Alice", "Carol"]
    assert "Frozen by Bob Boss" in as_(alice).get(f"/w/{goal.workspace_id}/goals").text


def test_a_form_opened_before_the_freeze_is_refused_or_old(as_, goal, alice, bob):
    actions.freeze_goal(Goal.objects.get(pk=goal.pk), by=bob)
    with pytest.raises(NotAllowed):  # Alice's goal still looks open
        actions.edit_goal(goal, kind="objective", title="Slipped in", description="", by=alice)
    assert as_(bob).post(address(goal, "edit"), fields(version=1)).status_code == 409


def test_an_edit_of_an_old_form_keeps_both_texts(as_, goal, alice, bob):
    as_(bob).post(address(goal, "edit"), fields(title="Words of Bob", version=1))
    answer = as_(alice).post(address(goal, "edit"), fields(title="Words of Alice", version=1))
    assert answer.status_code == 409
    assert "Words of Bob" in answer.text and "Words of Alice" in answer.text
    assert 'name="version" value="2"' in answer.text


def test_a_hypothesis_is_supported_or_refuted_and_an_objective_is_not_refuted(as_, goal, alice):
    browser = as_(alice)
    assert browser.post(address(goal, "edit"), fields(state="refuted")).status_code == 422
    browser.post(address(goal, "edit"), fields(kind="hypothesis", state="reached", version=1))
    assert "Supported" in browser.get(f"/w/{goal.workspace_id}/goals").text
    assert browser.post(address(goal, "edit"), fields(kind="hypothesis", state="refuted", version=2)).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "\x00"),
        ("title", "x" * 201),
        ("kind", ""),
        ("kind", "dream"),
        ("description", "x" * 1_000_000),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_meant_comes_back_filled_in(as_, workspace, alice, field, value, headers):
    typed = fields(title="Kept as typed", description="also kept") | {field: value}
    answer = as_(alice).post(f"/w/{workspace.pk}/goals", typed, headers=headers)
    assert answer.status_code == 422
    assert ("also kept" if field == "title" else "Kept as typed") in answer.text
    assert Goal.objects.count() == 0


@pytest.mark.parametrize("form", [{}, {"state": "lost"}])
def test_an_edit_that_cannot_be_meant_comes_back(as_, goal, alice, form):
    assert as_(alice).post(address(goal, "edit"), form and fields(**form)).status_code == 422


@pytest.mark.parametrize("n", ["0", "9", str(2**63), str(2**80)])
def test_a_number_that_does_not_exist_is_not_found(as_, goal, alice, n):
    browser = as_(alice)
    place = f"/w/{goal.workspace_id}/goals/{n}"
    assert [browser.get(place).status_code, browser.post(f"{place}/freeze").status_code] == [404, 404]


def test_a_double_submit_makes_one_goal(as_, workspace, alice):
    for _ in range(2):
        as_(alice).post(f"/w/{workspace.pk}/goals", fields())
    assert Goal.objects.count() == 1


def test_clicks_are_answered_with_the_card(as_, workspace, goal, alice, bob):
    added = as_(alice).post(f"/w/{workspace.pk}/goals", fields(kind="hypothesis"), headers=HTMX)
    assert 'hx-swap-oob="beforeend:#goals-hypothesis"' in added.text and 'id="goal-2"' in added.text
    frozen = as_(bob).post(address(goal, "freeze"), headers=HTMX)
    assert 'id="goal-1"' in frozen.text and f'action="{address(goal, "unfreeze")}"' in frozen.text
    gone = as_(bob).post(address(goal, "deletion"), headers=HTMX)
    assert f'action="{address(goal, "restoration")}"' in gone.text


def test_nothing_is_written_in_a_frozen_workspace_and_the_controls_say_why(as_, goal, alice, bob):
    room.freeze_workspace(goal.workspace, by=bob)
    for who in (alice, bob):
        browser = as_(who)
        answers = [browser.post(address(goal, noun), fields()) for noun in ("edit", "freeze", "deletion")]
        assert [a.status_code for a in answers] == [403, 403, 403]
        assert browser.post(f"/w/{goal.workspace_id}/goals", fields()).status_code == 403
        page = browser.get(f"/w/{goal.workspace_id}/goals").text
        assert "This workspace is frozen." in page
        assert 'action="' + address(goal) not in page


def test_two_groups_with_text_and_todos_linked(as_, workspace, goal, alice):
    todos.add_todo(workspace, title="Buy sensors", by=alice)
    actions.add_goal(workspace, kind="hypothesis", title="Three are enough", description="See @todo:1", by=alice)
    page = as_(alice).get(f"/w/{workspace.pk}/goals").text
    objectives, hypotheses = page.split('id="goals-hypothesis"')
    assert "Detect cracks" in objectives and "In <strong>time</strong>" in objectives
    assert "Three are enough" in hypotheses and "#1 Buy sensors" in hypotheses


def test_twenty_five_goals_a_page(as_, workspace, alice):
    for n in range(30):
        actions.add_goal(workspace, kind="hypothesis" if n % 2 else "objective", title=f"Goal {n}", by=alice)
    first = as_(alice).get(f"/w/{workspace.pk}/goals").text
    after = re.search(r'rel="next" href="[^"]*after=([^"&]+)', first)[1]
    second = as_(alice).get(f"/w/{workspace.pk}/goals?after={after}").text
    seen = re.findall(r'<article[^>]*id="goal-(\d+)"', first) + re.findall(r'<article[^>]*id="goal-(\d+)"', second)
    assert [int(n) for n in seen] == [*range(1, 31, 2), *range(2, 31, 2)]


@pytest.mark.parametrize("many", [1, 3, 20])
@pytest.mark.parametrize(("place", "queries"), [("", 10), ("/1", 10), ("/1/edit", 9)])
def test_the_number_of_queries_does_not_grow(
    as_, workspace, alice, bob, django_assert_num_queries, many, place, queries
):
    for n in range(many):
        goal = actions.add_goal(workspace, kind="objective", title=f"Goal {n}", description="@todo:1", by=bob)
        actions.freeze_goal(goal, by=bob)
    browser = as_(bob)
    with django_assert_num_queries(queries):
        assert browser.get(f"/w/{workspace.pk}/goals{place}").status_code == 200


def test_an_examiner_reads_and_does_not_hear(as_, workspace, goal, eve):
    assert as_(eve).get(f"/w/{workspace.pk}/goals").status_code == 200
    assert workspace.seat_of(eve) == Seat.EXAMINER
    assert told("goal.added") == ["Bob", "Carol"]


def test_goals_of_another_workspace_are_not_reached(as_, goal, mallory):
    other = people.a_thesis(title="Elsewhere", author=mallory).workspace
    assert as_(mallory).get(f"/w/{other.pk}/goals/{goal.number}").status_code == 404
