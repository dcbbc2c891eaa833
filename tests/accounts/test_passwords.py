"""What a password must be, how it is changed, and how a forgotten one is replaced."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import check_password, identify_hasher
from django.core.exceptions import ValidationError
from django.test import Client

from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import disable_person
from superviseme.accounts.signin.guessable import is_guessable
from superviseme.accounts.signin.legacy import convert_werkzeug
from superviseme.accounts.signin.rules import PasswordRules
from superviseme.events.models import Event
from superviseme.outbox.models import Message
from superviseme.web.time import now
from tests.people import PASSWORD

NEW = "violet anchors sing quietly"


@pytest.mark.parametrize(
    "weak",
    ["passwordpassword", "Password2024!!", "qwertyuiop123", "123456789012", "aaaaaaaaaaaaaaa", "abcabcabcabc", "abcdefghijklmnop",
     "P@ssw0rdP@ssw0rd", "Welcome12345678", "superviseme2026!", "letmeinletmein", "1qaz2wsx3edc4rfv", "Juventus20262026",
     "student-university", "!!!!!!!!!!!!!!!!"],
)  # fmt: skip
def test_common_passwords_are_guessable(weak: str) -> None:
    assert is_guessable(weak, ["SuperviseMe"])


@pytest.mark.parametrize(
    "good",
    [
        PASSWORD,
        NEW,
        "fg8#Lk2$wq9!Zp",
        "Der Mond trinkt Kaffee",
        "мой кот любит рыбу",
        "🦊🐝🌲🪁🎻🧊🚲🍇🪐🧭🎈🥾 running",
    ],
)
def test_unrelated_words_are_not(good: str) -> None:
    assert not is_guessable(good)


def test_name_and_address_do_not_make_a_password(alice: Person) -> None:
    with pytest.raises(ValidationError):
        PasswordRules().validate("alice.author2026", alice)


def test_administrators_need_fifteen_characters(alice: Person, ada: Person) -> None:
    PasswordRules().validate("gentle kites 7", alice)
    with pytest.raises(ValidationError):
        PasswordRules().validate("gentle kites 7", ada)


def test_changing_keeps_this_browser_and_ends_the_others(alice: Person, with_password: Any, sign_in: Any) -> None:
    with_password(alice)
    here, there = Client(), Client()
    sign_in(alice.email, client=here)
    sign_in(alice.email, client=there)

    answer = here.post("/profile/password", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert (answer.status_code, answer["Location"]) == (302, "/profile")
    assert (here.get("/profile").status_code, there.get("/profile").status_code) == (200, 302)
    assert sign_in(alice.email, NEW).status_code == 302
    assert Event.objects.get(verb="account.password_changed").actor == alice
    assert Message.objects.get(letter="password_changed").to == alice.email


@pytest.mark.parametrize(
    "given",
    [
        {"oldpassword": "not this one"},
        {"password2": "something else entirely"},
        {"password1": "short", "password2": "short"},
        {"password1": "", "password2": ""},
    ],
)
def test_a_change_that_cannot_be_is_a_form_again(alice: Person, with_password: Any, sign_in: Any, given: dict) -> None:
    browser = Client()
    sign_in(with_password(alice).email, client=browser)

    answer = browser.post("/profile/password", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **given})

    assert answer.status_code == 200
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_the_present_password_cannot_be_guessed_through_the_form(
    alice: Person, with_password: Any, sign_in: Any
) -> None:
    browser = Client()
    sign_in(with_password(alice).email, client=browser)

    answers = [
        browser.post("/profile/password", {"oldpassword": "wrong", "password1": NEW, "password2": NEW}).status_code
        for _ in range(11)
    ]

    assert answers == [200] * 10 + [429]


def test_without_a_password_the_page_offers_a_link(alice: Person, as_: Any) -> None:
    Person.objects.filter(pk=alice.pk).update(password="!x")
    alice.refresh_from_db()

    page = as_(alice).get("/profile/password")

    assert page.status_code == 200
    assert "/password/forgotten" in page.content.decode()


def test_a_forgotten_password_is_replaced_by_the_link_once(alice: Person, sign_in: Any, link_in_mail: Any) -> None:
    Client().post("/password/forgotten", {"email": "ALICE@example.org"})
    link, browser = link_in_mail("password_reset", alice.email), Client()

    page = browser.get(link, follow=True)
    assert page.redirect_chain[0][0].endswith("-set-password")
    answer = browser.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert (answer.status_code, answer["Location"]) == (302, "/login")
    assert sign_in(alice.email, NEW).status_code == 302
    assert "cannot be used any more" in Client().get(link).content.decode()


def test_the_link_lives_half_an_hour(alice: Person, link_in_mail: Any) -> None:
    Client().post("/password/forgotten", {"email": alice.email})
    link = link_in_mail("password_reset", alice.email)

    with time_machine.travel(now() + timedelta(minutes=31)):
        assert "cannot be used any more" in Client().get(link).content.decode()


def test_the_link_dies_with_the_account(alice: Person, ada: Person, link_in_mail: Any) -> None:
    Client().post("/password/forgotten", {"email": alice.email})
    disable_person(person=alice, by=ada)

    assert "cannot be used any more" in Client().get(link_in_mail("password_reset", alice.email)).content.decode()


def test_a_link_ends_open_sessions(alice: Person, as_: Any, link_in_mail: Any) -> None:
    stolen = as_(alice)
    Client().post("/password/forgotten", {"email": alice.email})
    browser = Client()
    page = browser.get(link_in_mail("password_reset", alice.email), follow=True)

    browser.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert stolen.get("/profile").status_code == 302


def test_asking_answers_alike_for_every_address(alice: Person, bob: Person, ada: Person) -> None:
    disable_person(person=bob, by=ada)

    answers = [
        Client().post("/password/forgotten", {"email": email})
        for email in ("alice@example.org", "nobody@example.org", "bob@example.org")
    ]

    assert {(a.status_code, a["Location"], a.content) for a in answers} == {(302, "/password/forgotten/sent", b"")}
    assert [m.to for m in Message.objects.all()] == ["alice@example.org"]


def test_asking_is_limited_and_answers_alike_then_too(alice: Person) -> None:
    def eleven(email: str) -> list[int]:
        return [Client().post("/password/forgotten", {"email": email}).status_code for _ in range(11)]

    assert eleven(alice.email) == eleven("nobody@example.org") == [302] * 10 + [429]


def test_the_link_never_follows_the_host_header(alice: Person, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    Client().post("/password/forgotten", {"email": alice.email}, HTTP_HOST="evil.example")

    message = Message.objects.get(letter="password_reset")
    assert "evil.example" not in message.text + message.html


@pytest.mark.parametrize("path", ["1-x", "zzzzzzzzzzzz-abc-def", "1-set-password", "0-0-0"])
def test_made_up_links_are_told_so(db: None, path: str) -> None:
    answer = Client().get(f"/password/reset/{path}")

    assert answer.status_code == 200
    assert "cannot be used any more" in answer.content.decode()


def werkzeug(password: str, salt: str = "s4lts4lt", rounds: int = 1000) -> str:
    return (
        f"pbkdf2:sha256:{rounds}${salt}${hashlib.pbkdf2_hmac('sha256', password.encode(), salt.encode(), rounds).hex()}"
    )


def test_a_password_of_the_predecessor_opens_and_is_hashed_anew(alice: Person, sign_in: Any) -> None:
    Person.objects.filter(pk=alice.pk).update(password=convert_werkzeug(werkzeug("old pässword")))

    assert sign_in(alice.email, "wrong words").status_code == 200
    assert sign_in(alice.email, "old pässword").status_code == 302

    alice.refresh_from_db()
    assert identify_hasher(alice.password).algorithm == "argon2"
    assert sign_in(alice.email, "old pässword").status_code == 302


@pytest.mark.parametrize(
    "other",
    ["", None, "plain text", "scrypt:32768:8:1$salt$abcd", "pbkdf2:sha1:1000$salt$" + "a" * 40, "pbkdf2:sha256:1000$salt$zz",
     "pbkdf2:sha256:0$salt$" + "a" * 64, "pbkdf2:sha256:99999999$salt$" + "a" * 64, "pbkdf2:sha256:1000$$" + "a" * 64],
)  # fmt: skip
def test_other_hashes_are_not_converted(other: str | None) -> None:
    assert convert_werkzeug(other) is None


def test_a_converted_hash_checks(db: None) -> None:
    assert check_password("secret words", convert_werkzeug(werkzeug("secret words")))
    assert not check_password("secret word", convert_werkzeug(werkzeug("secret words")))
