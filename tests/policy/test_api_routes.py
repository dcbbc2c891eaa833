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
from .test_routes import WHO, cast, invitation, letter, world  # noqa: F401 - fixtures of the walk over the pages

METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"]
FINE = {200, 201, 204, 409, 422}


def keys_of(name: str, world: Any, cast: Any) -> dict[str, Any]:  # noqa: F811 - as above
    if name == "api_person":
        return {"pk": cast["au"].pk}
    if name == "api_topic":
        return world["TOPIC"]
    if name.startswith("api_notice"):
        return {"pk": world["PRIVATE"]["number"]}
    return world["PROJECT"] if name.startswith("api_project") else world["WORKSPACE"]


def wanted(name: str, who: str, method: str) -> int | str:
    if who in ("vi", "di"):
        return 401
    if method not in API[name]:
        return 405
    if who in API[name][method].split():
        return "fine"
    return 403 if any(who in people.split() for people in API[name].values()) else 404


def test_every_address_of_the_api_is_in_the_table():
    assert {str(p.name) for _, p in every_view() if str(p.name).startswith("api_")} - {"api_page"} == set(API)


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
