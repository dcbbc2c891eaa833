"""One box over everything a person can see."""

import pytest

from superviseme.workspaces.updates import actions


@pytest.fixture
def update(workspace, alice):
    return actions.post_update(workspace, kind="progress", text="Vortex shedding measured at the bridge", by=alice)


def test_the_beginning_of_a_word_finds_the_update(as_, bob, update):
    page = as_(bob).get("/search?q=vort").text
    assert update.get_absolute_url() in page


def test_every_word_must_occur(as_, bob, update):
    assert update.get_absolute_url() not in as_(bob).get("/search?q=vortex+banana").text


def test_an_outsider_and_a_visitor_find_nothing(as_, mallory, update):
    for somebody in (mallory, None):
        assert update.get_absolute_url() not in as_(somebody).get("/search?q=vortex").text


def test_what_is_deleted_is_no_longer_found(as_, bob, update):
    actions.delete_update(update, by=bob)
    assert update.get_absolute_url() not in as_(bob).get("/search?q=vortex").text


def test_an_edit_is_found_by_its_new_words(as_, bob, alice, update):
    actions.edit_update(update, kind="progress", text="Flutter instead", by=alice)
    assert update.get_absolute_url() in as_(bob).get("/search?q=flutter").text
    assert update.get_absolute_url() not in as_(bob).get("/search?q=vortex").text


@pytest.mark.parametrize("q", ['"', "*", "' OR 1=1 --", "a AND", "%", "_", "x" * 5000, "😀", "NEAR(", "ü" * 90])
def test_strange_words_are_harmless(as_, alice, q):
    assert as_(alice).get("/search", {"q": q, "after": "999999999999"}).status_code == 200


def test_answers_to_a_deleted_update_are_found_again_only_with_it(as_, bob, alice, update):
    answer = actions.comment_on(update, text="Bring the anemometer", by=bob)
    actions.delete_update(update, by=bob)
    hidden = as_(alice).get("/search?q=anemometer").text
    actions.restore_update(update, by=bob)
    shown = as_(alice).get("/search?q=anemometer").text
    assert (answer.get_absolute_url() in hidden, answer.get_absolute_url() in shown) == (False, True)


def test_an_excerpt_begins_with_a_whole_word(as_, alice, workspace):
    words = "Intermediate measurements " * 6
    actions.post_update(workspace, kind="progress", text=f"{words} zebra crossing", by=alice)
    page = as_(alice).get("/search?q=zebra").text
    assert "…measurements Intermediate" in page or "…Intermediate measurements" in page
