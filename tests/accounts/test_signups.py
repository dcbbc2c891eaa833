"""People without an address that a provider vouches for, and administrators who let people in."""

import re
from typing import Any

import pytest
from django.test import Client

from superviseme.accounts.models import Identity, Person
from superviseme.outbox.models import Message
from superviseme.policy.roles import Role
from tests import people

from .conftest import come_in
from .provider import House

NEW = {"email": "Josiah@Example.edu", "name": "Josiah", "surname": "Carberry"}


def link(letter: str = "sign_up_address") -> str:
    found = re.search(r"http://localhost:8080(/login/address/\S+)", Message.objects.get(letter=letter).text)
    assert found
    return found[1]


@pytest.fixture
def browser(as_orcid: House) -> Client:
    """Somebody whom ORCID knows, asked for an address."""
    found = Client()
    assert come_in(found, "/login/providers/orcid")["Location"] == "/login/address"
    return found


def test_the_name_is_filled_in_and_the_address_asked_for(browser: Client) -> None:
    page = browser.get("/login/address").content.decode()

    assert 'value="Josiah"' in page and 'value="Carberry"' in page
    assert browser.post("/login/address", {**NEW, "email": "no"}).status_code == 422
    assert Person.objects.count() == 0


def test_the_account_is_made_when_the_address_is_confirmed(browser: Client, ada: Person) -> None:
    browser.post("/login/address", NEW)
    assert Person.objects.filter(email="josiah@example.edu").count() == 0

    looked = browser.get(link())
    answer = browser.post(link())

    found = Person.objects.get(email="josiah@example.edu")
    assert looked.status_code == 200 and "Make the account" in looked.content.decode()
    assert "waits for approval" in answer.content.decode()
    assert (found.full_name, found.orcid, found.approved_at) == ("Josiah Carberry", "0000-0002-1825-0097", None)


def test_a_known_domain_counts_once_the_address_is_confirmed(browser: Client, settings: Any) -> None:
    settings.SIGN_UP_DOMAINS = ["example.edu"]
    browser.post("/login/address", NEW)

    assert browser.post(link()).status_code == 302
    assert Person.objects.get().roles == {Role.STUDENT}


def test_the_link_alone_makes_no_account_for_whoever_opens_it(browser: Client) -> None:
    browser.post("/login/address", NEW)
    stranger = Client()

    looked = stranger.get(link())

    assert "if not, do nothing" in looked.content.decode()
    assert (stranger.post(link()).status_code, Person.objects.count()) == (200, 0)


def test_in_another_browser_signing_in_again_leads_back_to_the_link(browser: Client) -> None:
    browser.post("/login/address", NEW)
    phone = Client()

    assert come_in(phone, "/login/providers/orcid", next=link())["Location"] == link()
    phone.post(link())
    assert Person.objects.get().email == "josiah@example.edu"


def without_keys(page: str) -> str:
    """The keys against forged forms are other ones on every page."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", page)


def test_an_address_with_an_account_gets_a_letter_and_the_page_says_nothing(browser: Client, alice: Person) -> None:
    unknown = without_keys(browser.post("/login/address", NEW).text)
    known = without_keys(browser.post("/login/address", {**NEW, "email": alice.email}).text)

    assert known.replace(alice.email, "…") == unknown.replace("josiah@example.edu", "…")
    assert Message.objects.get(letter="sign_up_known").to == alice.email
    assert Identity.objects.count() == 0


def test_a_link_works_once_and_only_as_it_was_made(browser: Client) -> None:
    browser.post("/login/address", NEW)
    address = link()
    browser.post(address)

    assert browser.post(address[:-3] + "xxx").status_code == 404
    assert Person.objects.count() == 1


def test_letters_to_addresses_are_counted(browser: Client) -> None:
    answers = [browser.post("/login/address", {**NEW, "email": f"n{n}@example.edu"}).status_code for n in range(12)]

    assert (answers.count(200), answers[-1]) == (10, 429)


def test_without_a_provider_the_page_leads_to_sign_in(db: None) -> None:
    assert Client().get("/login/address")["Location"] == "/login"
    assert Client().get("/login/address/nonsense").status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_of_who_waits_costs_the_same_for_many(
    n: int, ada: Person, as_: Any, django_assert_num_queries: Any
) -> None:
    for number in range(n):
        person = people.person(f"New{number} Comer", approved_at=None)
        Identity.objects.create(person=person, provider="campus", issuer="x", subject=str(number))
    browser = as_(ada)

    with django_assert_num_queries(7):
        page = browser.get("/admin/signups").content.decode()

    assert page.count("Approve</span>") == n
    assert "Waiting for approval" in browser.get("/admin/users").content.decode()


def test_approving_answers_with_the_list_that_is_left(ada: Person, as_: Any) -> None:
    first, second = (people.person(name, approved_at=None) for name in ("First Comer", "Second Comer"))

    answer = as_(ada).post(
        f"/admin/signups/{first.pk}/approval", {"role": "researcher"}, headers={"HX-Request": "true"}
    )

    first.refresh_from_db()
    assert second.full_name in answer.content.decode() and f'id="signup-{first.pk}"' not in answer.content.decode()
    assert (first.approved_at is not None, Person.objects.get(pk=first.pk).roles) == (True, {Role.RESEARCHER})


def test_declining_can_be_taken_back(ada: Person, as_: Any) -> None:
    new, browser = people.person("New Comer", approved_at=None), as_(ada)

    browser.post(f"/admin/signups/{new.pk}/refusal")
    assert f"/admin/users/{new.pk}/enablement" in browser.get("/admin/signups").content.decode()
    browser.post(f"/admin/users/{new.pk}/enablement")

    assert f'id="signup-{new.pk}"' in browser.get("/admin/signups").content.decode()


def test_who_was_declined_is_not_let_in_from_a_page_that_another_administrator_still_has_open(
    ada: Person, as_: Any
) -> None:
    new, browser = people.person("New Comer", approved_at=None), as_(ada)
    browser.post(f"/admin/signups/{new.pk}/refusal")
    answer = browser.post(f"/admin/signups/{new.pk}/approval", {"role": "student"})
    new.refresh_from_db()
    assert (answer.status_code, "declined or disabled" in answer.text) == (403, True)
    assert (new.approved_at, new.roles, Message.objects.filter(letter="account_open").count()) == (None, frozenset(), 0)


def test_an_open_account_is_not_declined(ada: Person, bob: Person, as_: Any) -> None:
    assert as_(ada).post(f"/admin/signups/{bob.pk}/refusal").status_code == 403


def test_nobody_else_lets_people_in(bob: Person, as_: Any) -> None:
    new = people.person("New Comer", approved_at=None)

    assert as_(bob).post(f"/admin/signups/{new.pk}/approval").status_code == 403
    assert as_(bob).get("/admin/signups").status_code == 403
