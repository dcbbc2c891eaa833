"""Theses and students in lists; a student's way to the own thesis."""

from datetime import timedelta
from typing import Any

import pytest

from superviseme.policy.roles import Role
from superviseme.theses.states import State
from superviseme.web.time import now, today
from superviseme.workspaces.models import Milestone
from tests import people


@pytest.mark.parametrize(
    ("door", "expected"),
    [
        ("/supervisor/theses", {"visitor": 302, "student": 403, "supervisor": 200, "researcher": 403}),
        ("/supervisor/students", {"visitor": 302, "student": 403, "supervisor": 200, "researcher": 403}),
        ("/student/thesis", {"visitor": 302, "student": 200, "supervisor": 403, "researcher": 403, "admin": 403}),
        ("/student/interests", {"visitor": 302, "student": 200, "supervisor": 403, "researcher": 403, "admin": 403}),
        ("/admin/theses", {"visitor": 302, "student": 403, "supervisor": 403, "researcher": 403, "admin": 200}),
    ],
)
def test_every_list_has_its_readers(
    as_: Any, alice: Any, bob: Any, rita: Any, ada: Any, door: str, expected: dict[str, int]
) -> None:
    cast = {"visitor": None, "student": alice, "supervisor": bob, "researcher": rita, "admin": ada}

    assert {who: as_(cast[who]).get(door).status_code for who in expected} == expected


def test_a_supervisor_sees_the_own_theses_and_no_others(
    as_: Any, thesis: Any, bob: Any, eve: Any, mallory: Any
) -> None:
    people.a_thesis(title="Of somebody else", author=mallory, supervisor=eve)

    page = as_(bob).get("/supervisor/theses").content.decode()

    assert "Bridges under wind" in page
    assert "Alice Author" in page
    assert "Of somebody else" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Early", "Late"]),
        ("which=ended", ["Done"]),
        ("which=all", ["Done", "Early", "Late"]),
        ("which=deleted", ["Gone"]),
        ("state=completed", ["Done"]),
        ("level=phd", ["Late"]),
        ("q=sven", ["Late"]),
        ("q=early", ["Early"]),
        ("q=nothing", []),
        ("sort=title&after=nonsense", ["Early", "Late"]),
    ],
)
def test_the_list_is_filtered_by_the_address(
    as_: Any, bob: Any, alice: Any, sven: Any, query: str, found: list[str]
) -> None:
    late = people.a_thesis(title="Late", author=sven, supervisor=bob)
    type(late).objects.update(level="phd")
    people.a_thesis(title="Early", author=alice, supervisor=bob)
    people.a_thesis(title="Done", author=alice, supervisor=bob, state=State.COMPLETED)
    gone = people.a_thesis(title="Gone", author=alice, supervisor=bob)
    gone.workspace.deleted_at, gone.workspace.deleted_by = now(), bob
    gone.workspace.save()

    page = as_(bob).get(f"/supervisor/theses?{query}").content.decode()

    assert sorted(t for t in ("Late", "Early", "Done", "Gone") if f'table-sub">{t}<' in page) == sorted(found)


def test_what_is_due_first_stands_first(as_: Any, bob: Any, alice: Any, sven: Any) -> None:
    none_set = people.a_thesis(title="None set", author=alice, supervisor=bob)
    late = people.a_thesis(title="Hand-in later", author=sven, supervisor=bob)
    type(late).objects.filter(pk=late.pk).update(submit_by=today() + timedelta(days=30))
    soon = people.a_thesis(title="Milestone soon", author=sven, supervisor=bob)
    Milestone.objects.create(
        workspace=soon.workspace, number=1, title="Outline", due_on=today() + timedelta(days=2), created_by=bob
    )

    page = as_(bob).get("/supervisor/theses").content.decode()

    places = [page.index(f'id="thesis-{t.workspace_id}"') for t in (soon, late, none_set)]
    assert places == sorted(places)
    assert "Outline" in page


def test_students_are_listed_once_with_all_their_theses(as_: Any, bob: Any, alice: Any, sven: Any) -> None:
    people.a_thesis(title="First", author=alice, supervisor=bob, state=State.COMPLETED)
    people.a_thesis(title="Going on", author=alice, supervisor=bob)
    people.a_thesis(title="Over", author=sven, supervisor=bob, state=State.COMPLETED)

    current = as_(bob).get("/supervisor/students").content.decode()
    past = as_(bob).get("/supervisor/students?which=past").content.decode()

    assert current.count("mailto:alice@example.org") == 1
    assert ("First" in current, "Going on" in current, "Over" in current) == (True, True, False)
    assert ("Over" in past, "Going on" in past) == (True, False)


def test_an_administrator_sees_everything(as_: Any, thesis: Any, ada: Any) -> None:
    assert "Bridges under wind" in as_(ada).get("/admin/theses").content.decode()


def test_a_student_is_led_to_the_newest_thesis_that_goes_on(as_: Any, alice: Any, bob: Any) -> None:
    people.a_thesis(title="Old", author=alice, supervisor=bob)
    new = people.a_thesis(title="New", author=alice, supervisor=bob)
    people.a_thesis(title="Ended", author=alice, supervisor=bob, state=State.COMPLETED)

    assert as_(alice).get("/student/thesis").url == new.get_absolute_url()


def test_without_a_thesis_the_way_leads_to_the_catalogue(as_: Any, alice: Any, bob: Any) -> None:
    people.a_thesis(title="Ended before", author=alice, supervisor=bob, state=State.WITHDRAWN)

    page = as_(alice).get("/student/thesis")

    assert page.status_code == 200
    assert 'href="/theses"' in page.content.decode()
    assert "Ended before" in page.content.decode()


def test_the_researchers_old_address_leads_on(as_: Any, rita: Any) -> None:
    both = people.person("Rosa Both", Role.RESEARCHER, Role.SUPERVISOR)

    assert as_(both).get("/researcher/supervisor/dashboard").url == "/supervisor/dashboard"
    assert as_(rita).get("/researcher/supervisor/dashboard").status_code == 403


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize(("door", "queries"), [("/supervisor/theses", 7), ("/supervisor/students", 8)])
def test_lists_ask_the_same_number_of_questions(
    as_: Any, bob: Any, django_assert_num_queries: Any, door: str, queries: int, count: int
) -> None:
    for number in range(count):
        people.a_thesis(author=people.person(f"S{number} X", Role.STUDENT), supervisor=bob)
    browser = as_(bob)

    with django_assert_num_queries(queries):
        assert browser.get(door).status_code == 200


def test_lists_are_paged(as_: Any, bob: Any) -> None:
    import re

    for number in range(30):
        people.a_thesis(title=f"T{number}", author=people.person(f"S{number:02} X", Role.STUDENT), supervisor=bob)
    browser = as_(bob)
    seen = []
    for door in ("/supervisor/theses", "/supervisor/students"):
        first = browser.get(door).content.decode()
        second = browser.get(door + re.search(r'rel="next" href="([^"]+)"', first)[1]).content.decode()
        seen.append((len(re.findall('scope="row"', first)), len(re.findall('scope="row"', second))))

    assert seen == [(25, 5), (25, 5)]


def test_the_frozen_ones_of_a_state_are_both(as_: Any, ada: Any, alice: Any, bob: Any) -> None:
    for title, state in (("Frozen writing", "writing"), ("Running writing", "writing"), ("Frozen review", "in_review")):
        space = people.a_thesis(title=title, state=state, author=alice, supervisor=bob).workspace
        if title.startswith("Frozen"):
            type(space).objects.filter(pk=space.pk).update(frozen_at=now(), frozen_by=bob)

    page = as_(ada).get("/admin/theses?which=frozen&state=writing").text

    assert [t in page for t in ("Frozen writing", "Running writing", "Frozen review")] == [True, False, False]


def test_a_frozen_thesis_is_not_running(as_: Any, alice: Any, bob: Any) -> None:
    for title in ("Running", "Frozen"):
        space = people.a_thesis(title=f"{title} thesis", author=alice, supervisor=bob).workspace
    type(space).objects.filter(pk=space.pk).update(frozen_at=now(), frozen_by=bob)

    lists = [as_(bob).get(f"/supervisor/theses?which={which}").text for which in ("current", "frozen", "all")]

    assert ["Running thesis" in page for page in lists] == [True, False, True]
    assert ["Frozen thesis" in page for page in lists] == [False, True, True]
