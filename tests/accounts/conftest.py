"""Helpers for signing in by the front door."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.contrib.auth.hashers import make_password
from django.test import Client

from superviseme.accounts.models import Person
from superviseme.accounts.providers import oidc
from superviseme.accounts.providers.provider import Provider
from superviseme.outbox.models import Message
from tests.people import PASSWORD
from tests.web.server import serving

from .provider import CLIENT, SECRET, House


@pytest.fixture(scope="session")
def hashed() -> str:
    return make_password(PASSWORD)


@pytest.fixture
def with_password(hashed: str) -> Callable[..., Person]:
    """The person, able to sign in with PASSWORD."""

    def give(person: Person) -> Person:
        Person.objects.filter(pk=person.pk).update(password=hashed)
        person.refresh_from_db()
        return person

    return give


@pytest.fixture
def sign_in() -> Callable[..., Any]:
    def post(email: str, password: str = PASSWORD, client: Client | None = None, **data: Any) -> Any:
        where = {key: data.pop(key) for key in list(data) if key.isupper()}
        return (client or Client()).post("/login", {"login": email, "password": password, **data}, **where)

    return post


@pytest.fixture
def link_in_mail(db: None) -> Callable[[str, str], str]:
    """The path of the link in the newest letter of this kind to this address."""

    def find(letter: str, to: str) -> str:
        text = Message.objects.filter(letter=letter, to=to).latest("pk").text
        found = re.search(r"http://localhost:8080(/\S+)", text)
        assert found, text
        return found[1]

    return find


@pytest.fixture
def house(settings: Any, db: None) -> Iterator[House]:
    """A provider on this machine, switched on as «Campus»."""
    oidc._known.clear()
    with serving(House()) as found:
        assert isinstance(found, House)
        settings.SIGN_IN_PROVIDERS = (Provider("campus", "Campus", found.url, CLIENT, SECRET),)
        yield found


@pytest.fixture
def as_orcid(house: House, settings: Any) -> House:
    """The same provider as ORCID: who people are, and no address."""
    settings.SIGN_IN_PROVIDERS = (Provider("orcid", "ORCID", house.url, CLIENT, SECRET, scope="openid"),)
    house.person = {"sub": "0000-0002-1825-0097", "given_name": "Josiah", "family_name": "Carberry"}
    return house


def come_in(browser: Client, start: str = "/login/providers/campus", **fields: Any) -> Any:
    """As a browser does: to the provider and back. The answer of our callback, or of whatever stopped before."""
    leaving = browser.post(start, fields)
    if leaving.status_code != 302:
        return leaving
    there = requests.get(leaving["Location"], allow_redirects=False, timeout=5)
    back = urlsplit(there.headers["Location"])
    return browser.get(f"{back.path}?{back.query}")
