"""Helpers for signing in by the front door."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from superviseme.accounts.models import Person
from superviseme.outbox.models import Message
from tests.people import PASSWORD


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
