"""Every address of the API, for every kind of person, by every method."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from superviseme.api import throttle
from superviseme.web.checks import every_view
from tests.api.conftest import secret_of

from .expected_api import API
from .test_routes import WHO, cast, invitation, letter, reached, world  # noqa: F401 - fixtures of the walk over the pages

METHODS = ["GET", "POST", "PATCH", "DELETE"]
FINE = {200, 201, 204, 409, 415, 422}  # the law is asked before the body is looked at
OPEN_TO_ALL = {"api_projects"}


def table_of(name: str) -> str:
    if name.startswith("api_notice"):
        return "PRIVATE"
    return {"api_project": "PROJECT", "api_project_state": "PROJECT", "api_topic": "TOPIC"}.get(name, "WORKSPACE")


def keys_of(name: str, world: Any, cast: Any) -> dict[str, Any]:  # noqa: F811 - as above
    """As on the pages; where two things of one noun differ, by the page's own name."""
    if name == "api_person":
        return {"pk": cast["au"].pk}
    found = world.get(name.removeprefix("api_"), world[table_of(name)])
    return {"pk": found["number"]} if "pk" in found and table_of(name) == "PRIVATE" else found


def wanted(name: str, who: str, method: str) -> int | str:
    if who in ("vi", "di"):
        return 401
    if method not in API[name]:
        return 405
    if who in API[name][method].split():
        return "fine"
    return 403 if name in OPEN_TO_ALL or reached(table_of(name), who, name) else 404


def test_every_address_of_the_api_is_in_the_table():
    names = {str(pattern.name) for _, pattern in every_view()}
    assert {name for name in names if name.startswith("api_") and name != "api_page"} == set(API)


@pytest.mark.parametrize("who", WHO)
def test_no_program_gets_further_than_its_person(who, cast, world):  # noqa: F811 - as above
    program = Client(headers={"Authorization": f"Bearer {secret_of(cast[who])}"} if cast[who] else {})
    if who == "di":
        type(cast[who]).objects.filter(pk=cast[who].pk).update(is_active=False)
    wrong = {}
    names = {str(p.name): re.findall(r"<(?:\w+:)?(\w+)>", route) for route, p in every_view()}
    for name in API:
        known = keys_of(name, world, cast)
        address = reverse(name, kwargs={key: known[key] for key in names[name]})
        for method in METHODS:
            throttle._counts.clear()
            with transaction.atomic():
                answer = program.generic(method, address, b"{}", "application/json")
                transaction.set_rollback(True)
            found = "fine" if answer.status_code in FINE else answer.status_code
            if found != wanted(name, who, method):
                wrong[f"{method} {name}"] = (found, wanted(name, who, method))
    assert wrong == {}
