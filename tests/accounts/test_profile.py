"""What people change about themselves."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import profile_version
from superviseme.events.models import Event
from superviseme.outbox.models import Message
from superviseme.web.time import now
from tests.people import PASSWORD


@pytest.fixture
def browser(alice: Person, with_password: Any, sign_in: Any) -> Client:
    found = Client()
    sign_in(with_password(alice).email, client=found)
    return found


def test_editing_the_own_profile(browser: Client, alice: Person) -> None:
    fields = {"name": "Alicia", "surname": "Author", "degree_course": "Physics", "time_zone": "Asia/Tokyo"}

    answer = browser.post("/profile", {**fields, "theme": "dark", "seen": profile_version(alice)})

    assert answer.status_code == 302
    alice.refresh_from_db()
    assert (alice.name, alice.degree_course, alice.time_zone, alice.theme) == (
        "Alicia",
        "Physics",
        "Asia/Tokyo",
        "dark",
    )
    assert answer.cookies["theme"].value == "dark"
    assert Event.objects.get(verb="account.profile_edited").actor == alice


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"time_zone": "../etc/passwd"}, {"theme": "pink"}, {"about": "x" * 5000}, {"surname": "\x00"}],
)
def test_a_profile_that_cannot_be_comes_back_filled(browser: Client, wrong: dict) -> None:
    answer = browser.post("/profile", {"name": "Alicia", "surname": "Author", **wrong})

    assert answer.status_code == 422


def test_nobody_raises_themselves_through_the_profile(browser: Client, alice: Person) -> None:
    browser.post(
        "/profile",
        {"name": "A", "surname": "B", "role": "admin", "roles": "admin", "is_active": "1", "email": "x@example.org"},
    )

    alice = Person.objects.get(pk=alice.pk)
    assert (alice.email, alice.is_admin) == ("alice@example.org", False)


def test_the_theme_is_kept_with_the_account(browser: Client, alice: Person) -> None:
    assert browser.post("/profile/theme", {"theme": "light"}).status_code == 302
    browser.post("/profile/theme", {"theme": "nonsense"})

    alice.refresh_from_db()
    assert alice.theme == "light"


def test_signing_out_elsewhere_keeps_this_browser(browser: Client, alice: Person, as_: Any) -> None:
    other = as_(alice)

    assert browser.post("/profile/sessions").status_code == 302

    assert (browser.get("/profile").status_code, other.get("/profile").status_code) == (200, 302)


def test_a_new_address_is_confirmed_by_mail(browser: Client, alice: Person, sign_in: Any, link_in_mail: Any) -> None:
    browser.post("/profile/email", {"email": "Alice.New@example.org", "password": PASSWORD})
    link = link_in_mail("email_change", "alice.new@example.org")
    assert Message.objects.get(letter="email_change_notice").to == "alice@example.org"

    assert browser.get(link).status_code == 200
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"  # looking changes nothing

    assert browser.post(link).status_code == 302
    assert browser.get("/profile").status_code == 200
    assert sign_in("alice.new@example.org").status_code == 302
    assert browser.post(link).status_code == 404


def test_a_new_address_needs_the_password(browser: Client) -> None:
    answer = browser.post("/profile/email", {"email": "new@example.org", "password": "wrong words here"})

    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_the_address_of_another_answers_alike_and_changes_nothing(browser: Client, alice: Person, bob: Person) -> None:
    answers = [
        browser.post("/profile/email", {"email": email, "password": PASSWORD})
        for email in (bob.email, "free@example.org")
    ]

    assert [a.status_code for a in answers] == [302, 302]
    assert [m.to for m in Message.objects.filter(letter="email_change")] == ["free@example.org"]


def test_somebody_who_took_the_address_meanwhile_keeps_it(
    browser: Client, alice: Person, link_in_mail: Any, bob: Person
) -> None:
    browser.post("/profile/email", {"email": "wanted@example.org", "password": PASSWORD})
    Person.objects.filter(pk=bob.pk).update(email="wanted@example.org")

    assert browser.post(link_in_mail("email_change", "wanted@example.org")).status_code == 404
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_the_link_is_for_its_account_and_for_an_hour(browser: Client, bob: Person, as_: Any, link_in_mail: Any) -> None:
    browser.post("/profile/email", {"email": "new@example.org", "password": PASSWORD})
    link = link_in_mail("email_change", "new@example.org")

    assert as_(bob).post(link).status_code == 404
    assert as_(None).get(link).status_code == 302
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert browser.post(link).status_code == 404
    assert browser.get("/profile/email/forged").status_code == 404


def test_nobody_is_flooded_with_links_to_a_new_address(browser: Client) -> None:
    asked = {"email": "victim@example.org", "password": PASSWORD}

    answers = [browser.post("/profile/email", asked).status_code for _ in range(11)]

    assert answers == [302] * 10 + [429]
    assert Message.objects.filter(to="victim@example.org").count() == 10
