"""A program that shows a token of somebody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from superviseme.accounts.models import Person
from superviseme.api import throttle
from superviseme.api.tokens.actions import make_token
from superviseme.api.tokens.models import Area


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    """Numbers of tokens start anew with every test."""
    throttle._counts.clear()


def secret_of(who: Person, *, writes: bool = True, areas: Any = tuple(Area.values), days: int = 90) -> str:
    return make_token(by=who, label="script", days=days, areas=areas, writes=writes)[1]


@pytest.fixture
def program(db: None) -> Callable[..., Client]:
    """`program(alice)` shows a token of Alice that may do everything; CSRF is enforced, no cookie is sent."""

    def asking(who: Person | None, **choices: Any) -> Client:
        shown = {"Authorization": f"Bearer {secret_of(who, **choices)}"} if who else {}
        return Client(enforce_csrf_checks=True, headers=shown)

    return asking
