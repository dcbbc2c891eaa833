"""Signing in and out by e-mail and password."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from superviseme.accounts.models import Person, SignInFailure
from superviseme.accounts.people.actions import disable_person, enable_person
from superviseme.events.models import Event
from tests.people import PASSWORD


def test_the_page_asks_for_e_mail_and_password_and_carries_the_token(db: None) -> None:
    page = Client().get("/login").content.decode()

    assert 'name="login"' in page and 'name="password"' in page and 'name="remember"' in page
    assert 'name="csrfmiddlewaretoken"' in page


def test_signing_in_leads_to_the_desk_and_is_written_down(alice: Person, with_password: Any, sign_in: Any) -> None:
    answer = sign_in(with_password(alice).email)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Event.objects.get(verb="account.signed_in").actor == alice


def test_the_case_of_the_address_does_not_matter(alice: Person, with_password: Any, sign_in: Any) -> None:
    with_password(alice)

    assert sign_in("ALICE@Example.ORG").status_code == 302


def test_a_wrong_password_keeps_the_address_and_is_written_down(
    alice: Person, with_password: Any, sign_in: Any
) -> None:
    answer = sign_in(with_password(alice).email, "not this one at all")

    assert answer.status_code == 200
    assert 'value="alice@example.org"' in answer.content.decode()
    assert "not this one" not in answer.content.decode()
    assert Event.objects.get(verb="account.sign_in_failed").thing_id == alice.pk


def test_unknown_wrong_and_disabled_answer_alike(
    alice: Person, bob: Person, ada: Person, with_password: Any, sign_in: Any
) -> None:
    disable_person(person=with_password(bob), by=ada)
    with_password(alice)

    answers = [
        sign_in(email, password).content.decode().split("<main")[1].replace(email, "…")
        for email, password in (
            ("alice@example.org", "wrong words here"),
            ("nobody@example.org", PASSWORD),
            ("bob@example.org", PASSWORD),
        )
    ]

    bodies = {_without_token(answer) for answer in answers}
    assert len(bodies) == 1


def test_without_token_the_answer_is_400(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/login", {"login": "a@example.org", "password": PASSWORD})

    assert answer.status_code == 400


def test_with_token_it_is_accepted(alice: Person, with_password: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get("/login")
    token = browser.cookies["csrftoken"].value

    answer = browser.post(
        "/login", {"login": with_password(alice).email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    )

    assert answer.status_code == 302


@pytest.mark.parametrize("remember", [True, False])
def test_remembering_is_a_choice(alice: Person, with_password: Any, sign_in: Any, remember: bool) -> None:
    browser = Client()

    sign_in(with_password(alice).email, client=browser, **({"remember": "on"} if remember else {}))

    assert bool(browser.cookies["sessionid"]["max-age"]) is remember


def test_next_leads_back_on_this_site(alice: Person, with_password: Any, sign_in: Any) -> None:
    assert sign_in(with_password(alice).email, next="/theses/7?x=1")["Location"] == "/theses/7?x=1"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil.example", "\thttps://evil.example",
     "https://localhost/x", "///evil.example", "https:///evil.example", "http://testserver@evil.example/", "\x00//evil.example"],
)  # fmt: skip
def test_next_never_leads_elsewhere(alice: Person, with_password: Any, sign_in: Any, elsewhere: str) -> None:
    assert sign_in(with_password(alice).email, next=elsewhere)["Location"] == "/"


BACK = "http://testserver/w/1/updates?kind=question"
CLICKS = {
    "a form of a page": ({"Referer": BACK}, "/w/1/updates?kind=question"),
    "a click by htmx": ({"HX-Request": "true", "HX-Current-URL": BACK}, "/w/1/updates?kind=question"),
    "a form of another site": ({"Referer": "https://evil.example/w/1"}, "/"),
    "a form that says nothing": ({}, "/"),
}


@pytest.mark.parametrize(("headers", "back"), CLICKS.values(), ids=CLICKS)
def test_a_click_after_the_session_ended_leads_back_to_its_page(
    as_: Any, db: None, headers: dict[str, str], back: str
) -> None:
    answer = as_(None).post("/w/1/freeze", headers=headers)

    target = answer.headers.get("HX-Redirect") or answer["Location"]
    assert parse_qs(urlsplit(target).query) == {"next": [back]}


def test_a_piece_of_a_page_is_no_place_to_come_back_to(as_: Any, db: None) -> None:
    answer = as_(None).get("/notifications/latest", headers={"HX-Request": "true", "HX-Current-URL": BACK})

    assert parse_qs(urlsplit(answer["HX-Redirect"]).query) == {"next": ["/w/1/updates?kind=question"]}


def test_who_is_signed_in_is_sent_on_from_the_sign_in_page(alice: Person, as_: Any) -> None:
    assert as_(alice).get("/login?next=/profile")["Location"] == "/profile"


def test_signing_out_is_a_post(alice: Person, as_: Any) -> None:
    browser = as_(alice)

    assert browser.get("/logout").status_code == 405
    assert browser.post("/logout").status_code == 302
    assert browser.get("/profile")["Location"] == "/login?next=/profile"
    assert Event.objects.get(verb="account.signed_out").actor == alice


def test_disabling_ends_the_session_at_the_next_request_and_enabling_does_not_revive_it(
    alice: Person, ada: Person, as_: Any
) -> None:
    browser = as_(alice)
    assert browser.get("/profile").status_code == 200

    disable_person(person=alice, by=ada)
    assert browser.get("/profile").status_code == 302

    enable_person(person=alice, by=ada)
    assert browser.get("/profile").status_code == 302


def test_a_preset_session_is_replaced_when_signing_in(alice: Person, with_password: Any, sign_in: Any) -> None:
    browser = Client()
    browser.cookies["sessionid"] = "a" * 32

    sign_in(with_password(alice).email, client=browser)

    assert browser.cookies["sessionid"].value != "a" * 32


def test_a_waiting_account_is_told_so(alice: Person, with_password: Any, sign_in: Any) -> None:
    Person.objects.filter(pk=with_password(alice).pk).update(approved_at=None)
    browser = Client()

    answer = sign_in(alice.email, client=browser)

    assert answer.status_code == 403
    assert "waits for approval" in answer.content.decode()
    assert browser.get("/profile").status_code == 302


@pytest.mark.parametrize(
    "login", ["", "a\x00b@example.org", "x" * 1_000_000, "no address", "😀@example.org", "\u202e@example.org"]
)
@pytest.mark.parametrize("password", ["", "\x00", "y" * 1_000_000, "😀" * 12])
def test_nonsense_is_a_form_again(db: None, sign_in: Any, login: str, password: str) -> None:
    assert sign_in(login, password).status_code == 200


def test_there_is_no_sign_up(db: None) -> None:
    assert {
        Client().get(path).status_code
        for path in ("/signup", "/signup/", "/accounts/signup/", "/login/", "/password/set/")
    } == {404}


def test_only_failures_are_counted(alice: Person, with_password: Any, sign_in: Any) -> None:
    with_password(alice)

    sign_in(alice.email, "wrong words here")
    sign_in(alice.email)

    assert SignInFailure.objects.count() == 1


def _without_token(page: str) -> str:
    import re

    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)
