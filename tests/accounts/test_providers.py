"""Signing in with an account elsewhere, against a provider that speaks the real protocol."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from superviseme.accounts.models import Identity, Person
from superviseme.accounts.people.actions import disable_person, erase_person
from superviseme.accounts.signups.actions import approve_person, decline_person
from superviseme.events.models import Event
from superviseme.notifications.models import Notice
from superviseme.outbox.models import Message
from superviseme.policy.roles import Role

from .conftest import come_in
from .provider import House


def nora() -> Person:
    return Person.objects.get(email="nora@example.edu")


def connected(person: Person, house: House) -> Person:
    Identity.objects.create(person=person, provider="campus", issuer=house.url, subject=house.person["sub"])
    return person


def test_a_provider_is_offered_only_when_it_is_switched_on(house: House, settings: Any) -> None:
    on = Client().get("/login").content.decode()
    settings.SIGN_IN_PROVIDERS = ()
    off = Client().get("/login").content.decode()

    assert "Sign in with Campus" in on and "/login/providers/campus" in on
    assert "Sign in with" not in off
    assert Client().post("/login/providers/campus").status_code == 404


def test_the_browser_leaves_with_state_nonce_and_proof_key(house: House) -> None:
    place = Client().post("/login/providers/campus")["Location"]

    asked = {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}
    assert place.startswith(f"{house.url}/authorize?")
    assert (asked["client_id"], asked["response_type"], asked["scope"]) == (
        "our-client",
        "code",
        "openid email profile",
    )
    assert asked["redirect_uri"] == "http://localhost:8080/login/providers/campus/callback"
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked["state"]), len(asked["nonce"]), len(asked["code_challenge"])) >= 32


def test_leaving_is_a_post_with_token(house: House) -> None:
    browser = Client(enforce_csrf_checks=True)

    assert browser.post("/login/providers/campus").status_code == 400
    assert browser.get("/login/providers/campus").status_code == 405


def test_a_new_person_waits_and_the_administrators_are_told(house: House, ada: Person) -> None:
    browser = Client()

    answer = come_in(browser)

    assert "waits for approval" in answer.content.decode()
    assert (nora().full_name, nora().approved_at, nora().has_usable_password()) == ("Nora Newcomer", None, False)
    assert browser.get("/profile").status_code == 302
    assert Notice.objects.get(recipient=ada).verb == "account.sign_up_waiting"


def test_coming_again_before_approval_makes_nobody_twice(house: House, ada: Person) -> None:
    come_in(Client())

    answer = come_in(Client())

    assert (answer.status_code, Person.objects.filter(email="nora@example.edu").count()) == (403, 1)
    assert "waits for approval" in answer.content.decode()
    assert Notice.objects.filter(recipient=ada).count() == 1


def test_who_is_approved_comes_in_with_the_role_and_to_the_page_they_wanted(house: House, ada: Person) -> None:
    come_in(Client())
    approve_person(person=nora(), by=ada, role=Role.SUPERVISOR)
    browser = Client()

    answer = come_in(browser, next="/todos?done=1")

    assert (answer.status_code, answer["Location"]) == (302, "/todos?done=1")
    assert browser.get("/supervisor/dashboard").status_code == 200
    assert Message.objects.get(letter="account_open").to == "nora@example.edu"
    assert Event.objects.get(verb="account.signed_in").actor == nora()


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_address_elsewhere_is_led_to(wanted: str, house: House, alice: Person) -> None:
    connected(alice, house)

    assert come_in(Client(), next=wanted)["Location"] == "/"


def test_people_of_a_known_domain_need_no_approval(house: House, ada: Person, settings: Any) -> None:
    settings.SIGN_UP_DOMAINS = ["example.edu"]
    browser = Client()

    answer = come_in(browser)

    assert (answer.status_code, nora().roles) == (302, {Role.STUDENT})
    assert browser.get("/student/dashboard").status_code == 200
    assert Notice.objects.get(recipient=ada).verb == "account.joined"


def test_a_part_of_a_known_domain_counts(house: House, settings: Any) -> None:
    settings.SIGN_UP_DOMAINS = ["example.edu"]
    house.person["email"] = "nora@cs.example.edu"

    assert come_in(Client()).status_code == 302


@pytest.mark.parametrize(("policy", "status"), [("approval", 200), ("invited", 403)])
def test_the_site_says_who_may_join(policy: str, status: int, house: House, settings: Any) -> None:
    settings.SIGN_UP, settings.SIGN_UP_DOMAINS = policy, ["example.edu"]

    assert come_in(Client()).status_code == status
    assert Person.objects.filter(approved_at=None).count() == (policy == "approval")


@pytest.mark.parametrize("domain", ["sub.example.edu", "ample.edu", "notexample.edu"])
def test_a_similar_domain_is_not_a_known_one(domain: str, house: House, settings: Any) -> None:
    settings.SIGN_UP_DOMAINS = [domain]

    come_in(Client())

    assert nora().approved_at is None


def test_an_address_never_opens_the_account_of_another(house: House, alice: Person) -> None:
    house.person["email"] = "Alice@Example.org"
    browser = Client()

    answer = come_in(browser)

    assert answer.status_code == 409 and "sign in with your password first" in answer.content.decode()
    assert (Identity.objects.count(), Person.objects.count()) == (0, 1)
    assert browser.get("/profile").status_code == 302


def test_a_signed_in_person_connects_it_and_signs_in_with_it_from_then_on(
    house: House, alice: Person, as_: Any
) -> None:
    house.person["email"] = "alice@example.org"

    answer = come_in(as_(alice), "/profile/providers/campus")

    assert (answer.status_code, answer["Location"]) == (302, "/profile")
    assert Message.objects.get(letter="identity_connected").to == alice.email
    browser = Client()
    assert come_in(browser).status_code == 302
    assert "alice@example.org" in browser.get("/profile").content.decode()


def test_one_account_elsewhere_is_one_person_here(house: House, alice: Person, bob: Person, as_: Any) -> None:
    connected(bob, house)

    answer = come_in(as_(alice), "/profile/providers/campus")

    assert answer.status_code == 400 and "connected already" in answer.content.decode()
    assert Identity.objects.get().person == bob


def test_connecting_ends_with_who_began_it(house: House, alice: Person, bob: Person, as_: Any) -> None:
    browser = as_(alice)
    leaving = browser.post("/profile/providers/campus")["Location"]
    state = parse_qs(urlsplit(leaving).query)["state"][0]
    browser.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")

    answer = browser.get("/login/providers/campus/callback", {"state": state, "code": "x"})

    assert (answer.status_code, Identity.objects.count()) == (400, 0)


def test_the_key_is_the_issuer_with_the_subject_not_the_subject_alone(house: House, alice: Person) -> None:
    Identity.objects.create(
        person=alice, provider="campus", issuer="https://other.example", subject=house.person["sub"]
    )

    come_in(Client())

    assert nora().approved_at is None and nora().identities.get().issuer == house.url


def test_disconnecting_is_for_the_own_ones(house: House, alice: Person, bob: Person, as_: Any) -> None:
    number = connected(alice, house).identities.get().pk

    assert as_(bob).post(f"/profile/identities/{number}/deletion").status_code == 404
    assert as_(alice).post(f"/profile/identities/{number}/deletion").status_code == 302
    assert Identity.objects.count() == 0


def test_disabled_stays_disabled(house: House, alice: Person, ada: Person) -> None:
    disable_person(person=connected(alice, house), by=ada)
    browser = Client()

    answer = come_in(browser)

    assert answer.status_code == 403 and "not in use" in answer.content.decode()
    assert browser.get("/profile").status_code == 302


def test_declined_stays_declined_until_it_is_taken_back(house: House, ada: Person, as_: Any) -> None:
    come_in(Client())
    decline_person(person=nora(), by=ada)

    assert come_in(Client()).status_code == 403
    assert Message.objects.get(letter="account_declined").to == "nora@example.edu"
    as_(ada).post(f"/admin/users/{nora().pk}/enablement")
    assert "waits for approval" in come_in(Client()).content.decode()


def test_who_was_made_anonymous_leaves_nothing_that_signs_in(house: House, alice: Person, ada: Person) -> None:
    erase_person(person=connected(alice, house), by=ada)

    assert Identity.objects.count() == 0


def test_the_session_ends_with_the_browser_and_is_a_new_one(house: House, alice: Person) -> None:
    connected(alice, house)
    browser = Client()
    browser.post("/login/providers/campus")
    before = browser.cookies["sessionid"].value

    answer = come_in(browser)

    assert answer.cookies["sessionid"]["expires"] == ""
    assert browser.cookies["sessionid"].value != before


def test_a_second_way_of_telling_who_we_are_is_spoken_too(house: House, alice: Person) -> None:
    house.described = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    connected(alice, house)

    assert come_in(Client()).status_code == 302


def test_what_only_userinfo_tells_is_asked_for(house: House) -> None:
    del house.person["email"], house.person["email_verified"]
    house.told_later = {"email": "nora@example.edu", "email_verified": True}

    come_in(Client())

    assert nora().approved_at is None


def test_a_provider_whose_sign_in_page_is_elsewhere_is_reached_over_a_page(house: House) -> None:
    house.described = {"authorization_endpoint": f"{house.url.replace('127.0.0.1', 'localhost')}/authorize"}

    answer = Client().post("/login/providers/campus")

    assert answer.status_code == 200
    assert f'href="{house.url.replace("127.0.0.1", "localhost")}/authorize?' in answer.content.decode()


def test_forms_may_lead_to_the_providers_that_are_on_and_nowhere_else(house: House, settings: Any) -> None:
    on = Client().get("/login")["Content-Security-Policy"]
    settings.SIGN_IN_PROVIDERS = ()
    off = Client().get("/login")["Content-Security-Policy"]

    assert f"form-action 'self' {house.url}" in on.split("; ")
    assert "form-action 'self'" in off.split("; ")
