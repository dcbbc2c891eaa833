"""One box over everything a person can see."""

import pytest

from superviseme.accounts.models import Person
from superviseme.policy.roles import Role
from superviseme.web.time import now
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.updates import actions
from tests import people


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


def test_who_supervises_finds_their_students_by_name_and_lands_in_the_thesis(as_, bob, alice, workspace, mallory):
    other = people.a_thesis(title="Not Bob's", author=mallory)

    pages = [as_(bob).get(f"/search?q={q}").text for q in ("auth", "alice+author", "ALICE%40EXAMPLE", "mallory")]

    assert [f'href="/w/{workspace.pk}">Alice Author' in page for page in pages] == [True, True, True, False]
    assert other.workspace.title not in pages[3]


def test_an_administrator_finds_everybody_and_lands_on_their_page(as_, ada, mallory):
    page = as_(ada).get(f"/search?q={mallory.surname}").text
    assert f'href="/admin/users/{mallory.pk}">{mallory.full_name}' in page


def test_nobody_finds_who_they_share_nothing_with_nor_who_has_left(as_, alice, bob, workspace, mallory):
    nothing = [as_(who).get(f"/search?q={bob.surname}").text for who in (mallory, None)]
    Person.objects.filter(pk=bob.pk).update(erased_at=now())

    assert [bob.full_name in page for page in (*nothing, as_(alice).get(f"/search?q={bob.surname}").text)] == [
        False
    ] * 3


def test_a_person_is_found_in_what_runs_before_what_has_ended(as_, bob, alice, workspace):
    people.a_thesis(title="Newer, but completed", state="completed", author=alice, supervisor=bob)
    frozen = people.a_thesis(title="Newest, but frozen", author=alice, supervisor=bob).workspace
    Workspace.objects.filter(pk=frozen.pk).update(frozen_at=now(), frozen_by=bob)
    assert f'href="/w/{workspace.pk}">Alice Author' in as_(bob).get("/search?q=alice+author").text


def test_a_person_is_found_in_what_runs_by_another_seat_before_their_own_that_has_ended(as_, bob, alice):
    people.a_thesis(title="Completed", state="withdrawn", author=alice, supervisor=bob)
    running = people.a_thesis(title="Reading", examiner=alice, supervisor=bob).workspace
    assert f'href="/w/{running.pk}">Alice Author' in as_(bob).get("/search?q=alice+author").text


@pytest.mark.parametrize("students", [1, 3])
def test_looking_for_people_costs_the_same_for_one_and_for_three(as_, bob, students, django_assert_num_queries):
    for number in range(students):
        writer = people.person(f"Sam{number} Student", Role.STUDENT)
        people.a_thesis(title=f"Thesis {number}", author=writer, supervisor=bob)
    client = as_(bob)
    client.get("/search?q=student")

    with django_assert_num_queries(7):
        page = client.get("/search?q=student").text

    assert page.count("Student</a>") == students


def test_more_people_than_fit_have_a_page_of_their_own(as_, ada):
    for number in range(30):
        people.person(f"Sam{number:02} Sameness", Role.STUDENT)

    few, all_of_them, rest = (
        as_(ada).get(f"/search?q=sameness{more}").text
        for more in ("", "&kind=accounts.person", "&kind=accounts.person&after=1")
    )

    assert [page.count("Sameness</a>") for page in (few, all_of_them, rest)] == [5, 25, 5]
    assert "kind=accounts.person" in few
