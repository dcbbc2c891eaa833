"""Everything below /admin is closed to others, whether it is there or not, and says nothing about which it is."""

import re
from typing import Any

import pytest

from superviseme.web.checks import every_view

NOWHERE = ["/admin", "/admin/", "/admin/nothing", "/admin/users/", "/admin/users/x/y", "/admin/a%0Ab", "/admin/users/0"]
OTHERS = ["alice", "bob", "carol", "rita"]


@pytest.mark.parametrize("address", NOWHERE)
def test_an_address_that_is_not_there_is_403_to_others_and_404_to_administrators(
    as_: Any, alice: Any, bob: Any, rita: Any, ada: Any, address: str
) -> None:
    seen = [as_(who).get(address).status_code for who in (alice, bob, rita, ada)]

    assert seen == [403, 403, 403, 404]


@pytest.mark.parametrize("address", ["/admin/nothing", "/admin/users/x?page=2"])
def test_a_visitor_signs_in_first(as_: Any, db: None, address: str) -> None:
    answer = as_(None).get(address)

    assert (answer.status_code, answer.headers["Location"].replace("%3F", "?").replace("%3D", "=")) == (
        302,
        f"/login?next={address}",
    )


def test_a_post_to_nowhere_is_answered_alike(as_: Any, alice: Any, ada: Any) -> None:
    assert [as_(who).post("/admin/nothing").status_code for who in (alice, ada)] == [403, 404]


def test_every_page_of_administration_is_closed_to_everybody_else(as_: Any, alice: Any) -> None:
    routes = [route for route, _ in every_view() if route.startswith("admin/")]
    addresses = ["/" + re.sub(r"<[^>]+>", "1", route) for route in routes]
    browser = as_(alice)

    let_in = {a for a in addresses for m in ("get", "post") if getattr(browser, m)(a).status_code not in (403, 405)}

    assert len(addresses) > 10
    assert let_in == set()
