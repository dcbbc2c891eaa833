"""A provider that is down, slow, lies or is impersonated signs nobody in and breaks no page."""

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from superviseme.accounts.models import Person
from superviseme.accounts.providers import oidc

from .conftest import come_in
from .provider import OTHER_KEY, House


def refused(answer: Any, status: int) -> bool:
    return answer.status_code == status and Person.objects.count() == 0 and "_auth_user_id" not in answer.client.session


LIES = {
    "nonce of another question": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "for another client": {"aud": "somebody-else"},
    "for several, of whom another asked": {"aud": ["our-client", "x"], "azp": "x"},
    "long over": {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200},
    "without an end": {"exp": None},
    "not yet begun": {"iat": int(time.time()) + 86_400},
    "of another issuer": {"iss": "https://accounts.google.com"},
    "of nobody": {"sub": ""},
    "of a number": {"sub": 7},
    "of a name without end": {"sub": "x" * 300},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_signed_answer_that_is_not_ours_and_of_now_signs_nobody_in(lie: str, house: House) -> None:
    house.token = LIES[lie]

    assert refused(come_in(Client()), 400)


@pytest.mark.parametrize(
    "fields",
    [{"key": OTHER_KEY}, {"kid": "key-2"}, {"alg": "none"}, {"alg": "HS256"}],
    ids=["key", "kid", "none", "HS256"],
)
def test_an_answer_that_the_provider_has_not_signed_signs_nobody_in(fields: dict[str, Any], house: House) -> None:
    for name, value in fields.items():
        setattr(house, name, value)

    assert refused(come_in(Client()), 400)


def test_a_provider_that_changed_its_key_is_asked_for_the_new_one(house: House, settings: Any) -> None:
    come_in(Client())
    house.kid = house.shown_kid = "key-2"

    assert "waits for approval" in come_in(Client()).content.decode()


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize(
    ("fault", "status"),
    [((500, b"", {}), 503), ((429, b"", {}), 503), ("slow", 503), ((200, b"<html>", {}), 503), ((200, [1], {}), 400),
     ((302, b"", {"Location": "/elsewhere"}), 400), ((200, b" " * 2_000_000, {}), 503)],
    ids=["500", "429", "slow", "no json", "a list", "redirect", "huge"],
)  # fmt: skip
def test_a_provider_in_trouble_gets_a_page_that_says_so(
    path: str, fault: Any, status: int, house: House, monkeypatch: Any
) -> None:
    house.faults[path] = fault
    if fault == "slow":
        monkeypatch.setattr(oidc, "WITHIN", 0.5)

    answer = come_in(Client())

    assert refused(answer, status)
    assert "Back to sign-in" in answer.content.decode()


def test_a_provider_that_is_down_leaves_the_sign_in_page_as_it_is(house: House, settings: Any) -> None:
    house.over.set()
    gone = settings.SIGN_IN_PROVIDERS[0]
    settings.SIGN_IN_PROVIDERS = (type(gone)("campus", "Campus", "http://127.0.0.1:9", "x", "x"),)

    assert Client().get("/login").status_code == 200
    assert refused(Client().post("/login/providers/campus"), 503)


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://accounts.google.com"},
        {"token_endpoint": "http://internal.example/token"},
        {"token_endpoint": 7},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "file:///etc/passwd"},
    ],
    ids=str,
)
def test_a_description_that_leads_astray_is_not_followed(described: dict[str, Any], house: House) -> None:
    house.described = described

    assert refused(come_in(Client()), 400)


def test_userinfo_about_somebody_else_is_not_listened_to(house: House) -> None:
    del house.person["email"], house.person["email_verified"]
    house.told_later = {"sub": "another", "email": "boss@example.edu", "email_verified": True}

    assert come_in(Client())["Location"] == "/login/address"


@pytest.mark.parametrize(
    ("error", "words"), [("access_denied", "did not let you through"), ("server_error", "could not be believed")]
)
def test_an_error_in_place_of_a_code_is_a_page(error: str, words: str, house: House) -> None:
    browser = Client()
    state = parse_qs(urlsplit(browser.post("/login/providers/campus")["Location"]).query)["state"][0]

    answer = browser.get("/login/providers/campus/callback", {"state": state, "error": error})

    assert refused(answer, 400) and words in answer.content.decode()


def test_a_state_that_this_browser_never_had_opens_nothing(house: House) -> None:
    place = Client().post("/login/providers/campus")["Location"]
    state = parse_qs(urlsplit(place).query)["state"][0]

    for asked in ({"state": state, "code": "x"}, {"state": "", "code": "x"}, {"code": "x"}, {}):
        assert refused(Client().get("/login/providers/campus/callback", asked), 400)


def test_a_state_works_once_and_for_its_provider_only(house: House, settings: Any) -> None:
    one = settings.SIGN_IN_PROVIDERS[0]
    settings.SIGN_IN_PROVIDERS = (one, type(one)("other", "Other", house.url, "our-client", one.client_secret))
    browser = Client()
    state = parse_qs(urlsplit(browser.post("/login/providers/campus")["Location"]).query)["state"][0]

    assert refused(browser.get("/login/providers/other/callback", {"state": state, "code": "x"}), 400)
    assert refused(browser.get("/login/providers/campus/callback", {"state": state, "code": "x"}), 400)


def test_another_issuer_in_the_answer_is_noticed(house: House) -> None:
    browser = Client()
    state = parse_qs(urlsplit(browser.post("/login/providers/campus")["Location"]).query)["state"][0]

    answer = browser.get(
        "/login/providers/campus/callback", {"state": state, "code": "x", "iss": "https://evil.example"}
    )

    assert refused(answer, 400)


def test_hostile_names_are_kept_as_one_clean_line(house: House) -> None:
    house.person |= {"given_name": "N\r\nBcc: x@y.z\x00\u202e😀" + "a" * 500, "family_name": ["no", "text"]}

    come_in(Client())

    found = Person.objects.get()
    assert found.name.startswith("N Bcc: x@y.z😀aaa") and len(found.name) == 150 and found.surname == ""


@pytest.mark.parametrize(
    "email", ["not an address", "a@b@c", 7, None, "x" * 300 + "@example.edu", "a\r\nb@example.edu"]
)
def test_an_address_that_is_none_is_asked_for(email: Any, house: House) -> None:
    house.person["email"] = email

    assert come_in(Client())["Location"] == "/login/address"


def test_a_demonstration_site_asks_this_machine_only(house: House, settings: Any) -> None:
    settings.SITE_MODE = "demo"
    house.described = {"token_endpoint": "https://accounts.google.com/token"}

    assert refused(come_in(Client()), 400)
