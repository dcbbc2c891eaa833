"""How a thesis moves, by whom, and what two who move it at once read."""

import re
from typing import Any

import pytest

from superviseme.policy.actions import Action
from superviseme.theses.models import StateChange, Topic
from superviseme.theses.progress.queries import steps_of
from superviseme.theses.states import MOVES, PATH, State, find_move

from .conftest import a_topic


def move(browser: Any, thesis: Any, target: str, **more: str) -> Any:
    return browser.post(f"/w/{thesis.workspace_id}/state", {"target": target, **more})


def test_a_supervisor_moves_it_and_everybody_hears_why(as_: Any, thesis: Any, bob: Any, told: Any) -> None:
    answer = move(as_(bob), thesis, "writing", why="Chapter one is there")

    thesis.refresh_from_db()
    change = StateChange.objects.get()
    assert answer.status_code == 302
    assert thesis.state == State.WRITING
    assert (change.source, change.target, change.by, change.why) == (
        "in_progress",
        "writing",
        bob,
        "Chapter one is there",
    )
    assert told("thesis.moved") == ["Alice", "Carol", "Eve"]
    assert "Chapter one is there" in as_(bob).get(f"/w/{thesis.workspace_id}/state").content.decode()


def test_who_may_move(as_: Any, thesis: Any, alice: Any, carol: Any, eve: Any, mallory: Any, ada: Any) -> None:
    seen = [move(as_(who), thesis, "writing").status_code for who in (None, alice, carol, eve, mallory, ada)]

    assert seen == [302, 403, 403, 403, 404, 302]


def test_an_examiner_records_a_defence_and_nothing_else(as_: Any, thesis: Any, eve: Any) -> None:
    type(thesis).objects.update(state=State.SUBMITTED)

    seen = [move(as_(eve), thesis, target).status_code for target in ("in_review", "completed", "defended")]

    assert seen == [403, 403, 302]


def test_nobody_submits_by_a_move(as_: Any, thesis: Any, alice: Any, bob: Any, ada: Any) -> None:
    seen = [move(as_(who), thesis, "submitted").status_code for who in (alice, bob, ada)]

    assert seen == [403, 403, 403]
    assert "Hand-in" in move(as_(alice), thesis, "submitted").content.decode()


def test_there_is_no_way_that_the_table_does_not_name(as_: Any, thesis: Any, bob: Any) -> None:
    answer = move(as_(bob), thesis, "completed")

    assert answer.status_code == 403
    assert "There is no way from «In progress» to «Completed»" in answer.content.decode()


def test_a_stale_move_is_409_and_says_where_it_is(as_: Any, thesis: Any, bob: Any) -> None:
    move(as_(bob), thesis, "writing", source="in_progress")

    answer = move(as_(bob), thesis, "suspended", source="in_progress")

    assert answer.status_code == 409
    assert "moved the thesis to «Writing»" in answer.content.decode()


def test_pressed_twice_is_one_move(as_: Any, thesis: Any, bob: Any) -> None:
    seen = [move(as_(bob), thesis, "writing", source="in_progress").status_code for _twice in range(2)]

    assert seen == [302, 302]
    assert StateChange.objects.count() == 1


@pytest.mark.parametrize(
    "data", [{}, {"target": "nonsense"}, {"target": "writing", "why": "x" * 501}, {"target": "\x00"}]
)
def test_what_is_not_a_move_comes_back(as_: Any, thesis: Any, bob: Any, data: dict[str, str]) -> None:
    assert as_(bob).post(f"/w/{thesis.workspace_id}/state", data).status_code == 422


def test_a_frozen_thesis_does_not_move(as_: Any, thesis: Any, bob: Any) -> None:
    as_(bob).post(f"/w/{thesis.workspace_id}/freeze")

    assert move(as_(bob), thesis, "writing").status_code == 403
    assert "This workspace is frozen" in as_(bob).get(f"/w/{thesis.workspace_id}/state").content.decode()


def test_withdrawing_frees_the_place_and_taking_up_again_claims_it(as_: Any, bob: Any, alice: Any, sven: Any) -> None:
    topic = a_topic(bob)
    as_(bob).post(f"/theses/{topic.pk}/assignment", {"student": alice.email})
    thesis = topic.theses.get()

    move(as_(bob), thesis, "withdrawn")
    assert Topic.objects.get().taken == 0
    move(as_(bob), thesis, "accepted")
    assert Topic.objects.get().taken == 1
    move(as_(bob), thesis, "withdrawn")
    as_(bob).post(f"/theses/{topic.pk}/assignment", {"student": sven.email})
    assert move(as_(bob), thesis, "accepted").status_code == 403
    thesis.refresh_from_db()
    assert thesis.state == State.WITHDRAWN


def test_suspended_goes_back_to_where_it_was(as_: Any, thesis: Any, bob: Any) -> None:
    move(as_(bob), thesis, "suspended")
    move(as_(bob), thesis, "in_progress")

    thesis.refresh_from_db()
    assert thesis.state == State.IN_PROGRESS


def test_the_step_bar_stands_still_while_a_thesis_is_suspended(as_: Any, thesis: Any, bob: Any) -> None:
    move(as_(bob), thesis, "suspended")
    thesis.refresh_from_db()

    assert [s["state"] for s in steps_of(thesis)] == ["skipped"] * 2 + ["todo"] * 5


@pytest.mark.parametrize("state", list(State))
def test_every_state_can_be_left_or_is_the_end(state: State) -> None:
    assert any(m.source == state for m in MOVES)
    assert state in PATH or find_move(State.IN_PROGRESS, state)


def test_the_seats_that_move_are_those_of_the_contract() -> None:
    assert {m.action for m in MOVES} == {Action.STATE_MOVE, Action.THESIS_SUBMIT, Action.THESIS_OUTCOME}
    assert {m.target for m in MOVES if m.action is Action.THESIS_SUBMIT} == {State.SUBMITTED}
    assert {m.target for m in MOVES if m.action is Action.THESIS_OUTCOME} == {State.DEFENDED}


def test_facts_of_a_thesis_are_edited_by_its_supervisor(as_: Any, thesis: Any, bob: Any, alice: Any) -> None:
    data = {"level": "phd", "submit_by": "2027-03-01", "keywords": "Wind, steel", "version": thesis.workspace.version}

    refused = as_(alice).post(f"/w/{thesis.workspace_id}/thesis", data).status_code
    as_(bob).post(f"/w/{thesis.workspace_id}/thesis", data)

    thesis.refresh_from_db()
    assert refused == 403
    assert (thesis.level, str(thesis.submit_by)) == ("phd", "2027-03-01")
    assert as_(bob).get(f"/w/{thesis.workspace_id}/thesis").status_code == 200
    assert as_(bob).post(f"/w/{thesis.workspace_id}/thesis", {**data, "submit_by": "0000-01-01"}).status_code == 422


def test_a_project_has_no_state_of_a_thesis(as_: Any, project: Any, rita: Any) -> None:
    assert as_(rita).get(f"/w/{project.workspace_id}/state").status_code == 404
    assert as_(rita).get(f"/w/{project.workspace_id}/hand-in").status_code == 404


def test_the_overview_shows_the_thesis_and_its_steps(as_: Any, thesis: Any, alice: Any) -> None:
    page = as_(alice).get(f"/w/{thesis.workspace_id}").content.decode()

    assert "/state" in page
    assert "In progress" in page


def test_facts_changed_by_another_meanwhile_are_409(as_: Any, thesis: Any, bob: Any) -> None:
    address = f"/w/{thesis.workspace_id}/thesis"
    as_(bob).post(address, {"level": "phd", "version": "1"})

    answer = as_(bob).post(address, {"level": "bachelor", "keywords": "mine", "version": "1"})

    thesis.refresh_from_db()
    assert answer.status_code == 409
    assert "mine" in answer.content.decode()
    assert thesis.level == "phd"


@pytest.mark.parametrize(
    ("state", "chosen"),
    [
        ("accepted", ["in_progress"]),
        ("writing", ["in_review"]),
        ("in_review", []),
        ("submitted", ["defended"]),
        ("suspended", []),
        ("withdrawn", []),
    ],
)
def test_the_page_of_states_proposes_a_step_forward_or_none(
    as_: Any, thesis: Any, bob: Any, state: str, chosen: list[str]
) -> None:
    type(thesis).objects.update(state=state)

    page = as_(bob).get(f"/w/{thesis.workspace_id}/state").content.decode()

    assert re.findall(r'id="move-(\w+)"[^>]*checked', page) == chosen


def test_the_page_of_states_proposes_what_the_link_asked_for(as_: Any, thesis: Any, bob: Any) -> None:
    page = as_(bob).get(f"/w/{thesis.workspace_id}/state?to=suspended").content.decode()

    assert re.findall(r'id="move-(\w+)"[^>]*checked', page) == ["suspended"]
