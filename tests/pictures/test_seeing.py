"""Who sees a picture, and how it is sent: to whoever is shown the name, and to nobody else."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from superviseme.accounts.grants.actions import grant_role
from superviseme.accounts.models import Person
from superviseme.policy.roles import Role
from superviseme.theses.models import Interest, Topic
from superviseme.workspaces.files.storage import path_of
from superviseme.workspaces.models import Member
from superviseme.workspaces.updates.actions import post_update
from tests import people

from .drawn import give


def seen_by(as_: Any, person: Person, *others: Person | None) -> list[int]:
    return [as_(other).get(person.picture_url).status_code for other in others]


def test_it_is_sent_as_what_it_is_and_kept_by_the_browser(as_: Any, alice: Person) -> None:
    browser = as_(alice)
    answer = browser.get(give(alice).picture_url)
    content = b"".join(answer.streaming_content)
    assert (answer.status_code, answer["Content-Type"], content[8:12]) == (200, "image/webp", b"WEBP")
    assert answer["Content-Security-Policy"].startswith("default-src 'none';")
    assert (answer["X-Content-Type-Options"], answer["ETag"]) == ("nosniff", f'"{alice.picture}"')
    assert answer["Cache-Control"] == "private, max-age=604800, immutable"
    again = browser.get(alice.picture_url, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])


def test_whoever_shares_a_thesis_sees_it_and_nobody_else(
    as_: Any, workspace: Any, alice: Person, bob: Person, carol: Person, eve: Person, mallory: Person, ada: Person
) -> None:
    give(alice)
    assert seen_by(as_, alice, alice, bob, carol, eve, ada) == [200] * 5
    assert seen_by(as_, alice, mallory, None) == [404, 302]


def test_who_left_is_still_seen_beside_what_they_wrote(
    as_: Any, workspace: Any, alice: Person, bob: Person, carol: Person
) -> None:
    post_update(workspace, kind="progress", text="x", tags=[], by=carol)
    for person in (carol, give(bob)):
        Member.objects.filter(person=person).delete()
    give(carol)
    assert seen_by(as_, carol, alice) == [200]
    assert seen_by(as_, bob, alice) == [404]  # said nothing there


def test_who_offers_a_topic_is_seen_by_everybody_signed_in_and_not_by_visitors(
    as_: Any, bob: Person, eve: Person, mallory: Person
) -> None:
    topic = Topic.objects.create(title="Kites", state="draft", publisher=give(bob))
    topic.supervisors.create(person=bob)
    assert seen_by(as_, bob, mallory) == [404]
    Topic.objects.update(state="open")
    assert seen_by(as_, bob, mallory, None) == [200, 302]
    for address in ("/theses", topic.get_absolute_url()):
        pages = [as_(who).get(address).text for who in (mallory, None)]
        assert [bob.picture_url in page for page in pages] == [True, False]
        assert "Bob Boss" in pages[1]


def test_who_asks_for_a_topic_is_seen_by_those_who_offer_it(
    as_: Any, bob: Person, eve: Person, mallory: Person
) -> None:
    topic = Topic.objects.create(title="Kites", state="open", publisher=bob)
    Interest.objects.create(topic=topic, student=give(mallory))
    assert seen_by(as_, mallory, bob, eve) == [200, 404]


def test_who_a_notice_tells_of_is_seen_by_its_reader(as_: Any, alice: Person, ada: Person) -> None:
    give(ada)
    assert seen_by(as_, ada, alice) == [404]
    grant_role(person=alice, role=Role.RESEARCHER, by=ada)
    assert seen_by(as_, ada, alice) == [200]
    assert ada.picture_url in as_(alice).get("/notifications").text


def test_an_address_tells_nothing(
    as_: Any, workspace: Any, alice: Person, bob: Person, mallory: Person, ada: Person
) -> None:
    """Wrong, another's, nobody's, and one's without a picture: all the same."""
    give(alice)
    addresses = [
        f"/people/{alice.pk}/picture/{'0' * 64}",
        f"/people/{bob.pk}/picture/{alice.picture}",
        f"/people/999999/picture/{alice.picture}",
        f"/people/{2**63}/picture/{alice.picture}",
        f"/people/{alice.pk}/picture/x",
        alice.picture_url.replace(alice.picture, alice.picture.upper()),
    ]
    assert [as_(ada).get(address).status_code for address in addresses] == [404] * 6
    pages = {as_(mallory).get(address).content for address in (addresses[0], alice.picture_url)}
    assert len({len(page) for page in pages}) == 1


def test_one_look_costs_two_queries_more_than_knowing_who_asks(
    as_: Any, workspace: Any, alice: Person, bob: Person, django_assert_num_queries: Any
) -> None:
    give(alice)
    browser = as_(bob)
    browser.get(alice.picture_url)
    with django_assert_num_queries(4):  # session, person; roles, picture
        browser.get(alice.picture_url)


def test_being_shown_a_picture_is_not_being_seen(as_: Any, alice: Person) -> None:
    as_(alice).get(give(alice).picture_url)
    assert Person.objects.get(pk=alice.pk).last_seen_at is None


def test_a_picture_whose_bytes_are_lost_leaves_initials(as_: Any, alice: Person) -> None:
    path_of(give(alice).picture).unlink()
    browser = as_(alice)
    assert browser.get(alice.picture_url).status_code == 503
    assert f'>AA<img src="{alice.picture_url}" alt=""' in browser.get("/profile").text
    assert browser.post("/profile/export").status_code == 200


LISTS = [
    ("ada", "/admin/users"),
    ("ada", "/admin/users?order=newest"),
    ("ada", "/admin/dashboard"),
    ("ada", "/search?q=student"),
    ("bob", "/supervisor/students"),
    ("bob", "/supervisor/dashboard"),
]


@pytest.mark.parametrize(("who", "address"), LISTS)
def test_lists_show_pictures_without_asking_for_them(
    who: str, address: str, as_: Any, ada: Person, bob: Person
) -> None:
    students = [people.person(f"Student{n} Sample", Role.STUDENT, email=f"student{n}@example.org") for n in range(3)]
    for student in students:
        people.a_thesis(title=f"On {student.name}", author=student, supervisor=bob)
    Person.objects.update(joined_at=bob.joined_at)
    browser = as_({"ada": ada, "bob": bob}[who])
    browser.get(address)
    asked = []
    for given in ([], students[:1], students):
        for student in given:
            give(student)
        page, count = counted(browser, address)
        asked.append((count, sum(f'src="{student.picture_url}"' in page for student in students if student.picture)))
    assert asked == [(asked[0][0], 0), (asked[0][0], 1), (asked[0][0], 3)]


ROOMS = ["", "/updates", "/people", "/todos", "/todos?view=board", "/meetings"]


@pytest.mark.parametrize("tab", ROOMS)
def test_pages_of_a_workspace_show_pictures_without_asking_for_them(
    tab: str, as_: Any, workspace: Any, alice: Person, bob: Person, carol: Person
) -> None:
    post_update(workspace, kind="progress", text="x", tags=[], by=alice)
    browser = as_(bob)
    browser.get(f"/w/{workspace.pk}{tab}")
    before = counted(browser, f"/w/{workspace.pk}{tab}")[1]
    for person in (alice, bob, carol):
        give(person)
    page, after = counted(browser, f"/w/{workspace.pk}{tab}")
    assert (after, [person.picture_url in page for person in (alice, bob, carol)]) == (before, [True] * 3)


def counted(browser: Any, address: str) -> tuple[str, int]:
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(address)
    assert page.status_code == 200
    return page.text, len(asked)
