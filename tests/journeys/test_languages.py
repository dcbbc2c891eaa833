"""A language is chosen where the person menu is, and its longer words fit."""

import pytest

from superviseme.accounts.models import Person
from superviseme.theses.models import Thesis

from . import seen
from .conftest import Opener


@pytest.mark.parametrize(
    ("code", "size", "desk", "tick"),
    [("de", "desktop", "Schreibtisch", "Aufgaben"), ("it", "phone", "Scrivania", "Compiti")],
)
def test_a_chosen_language_is_spoken_and_fits(
    open_as: Opener, thesis: Thesis, bob: Person, code: str, size: str, desk: str, tick: str
) -> None:
    room = f"/w/{thesis.workspace_id}"
    page = open_as(bob, "/supervisor/dashboard", size=size)

    page.locator(".person-menu > summary").click()
    page.locator(f".person-menu button[value={code}]").click()
    page.wait_for_function(f"document.documentElement.lang == '{code}'")

    assert page.locator(f"nav a:has-text('{desk}'):visible").count() >= 1
    addresses = [
        "/supervisor/students",
        "/theses",
        "/profile",
        "/profile/notices",
        room,
        f"{room}/todos",
        f"{room}/updates",
    ]
    assert {a: page.goto(a) and page.evaluate(seen.WIDER) for a in addresses} == dict.fromkeys(addresses, 0)
    page.goto(f"{room}/todos")
    assert page.locator(".tabs a[aria-current]").inner_text().split()[0] == tick
    if size == "desktop":
        assert page.locator(".tabs ul").evaluate("strip => strip.scrollWidth - strip.clientWidth") == 0
