"""A program gets a token from its person, asks with it, and is locked out again."""

import pytest
import requests

from superviseme.api.tokens.models import Token

from . import seen


def test_a_token_is_made_used_and_ended(open_as, alice, live_server):
    page = open_as(alice, "/profile", size="phone")
    page.get_by_role("link", name="Access tokens").click()
    page.get_by_label("Name").fill("calendar script")
    page.get_by_role("button", name="Make the token").click()
    secret = page.locator("#secret").inner_text()
    seen.is_sound(page)
    assert _asked(live_server.url, secret) == 200
    page.goto("/profile/tokens")
    page.get_by_role("button", name="End it").click()
    page.get_by_text("«calendar script» opens nothing any more.").wait_for()
    assert Token.objects.get().revoked_at is not None
    assert _asked(live_server.url, secret) == 401


def test_a_calendar_address_is_made_and_closed(open_as, alice, live_server):
    page = open_as(alice, "/profile/calendar", size="phone", theme="dark")
    page.get_by_role("button", name="Make my address").click()
    address = page.locator("#address").inner_text()
    seen.is_sound(page)
    path = f"{live_server.url}/calendar/{address.rpartition('/')[2]}"
    assert requests.get(path, timeout=15).headers["Content-Type"] == "text/calendar; charset=utf-8"
    page.get_by_role("button", name="Close it").click()
    page.get_by_text("The address opens nothing any more.").wait_for()
    assert requests.get(path, timeout=15).status_code == 404


def test_a_webhook_is_set_up_and_removed(open_as, alice):
    page = open_as(alice, "/profile/webhook", size="phone")
    page.get_by_label("Address").fill("http://127.0.0.1:9/hooks")
    page.get_by_role("button", name="Save").click()
    assert page.locator("#secret").inner_text().startswith("whsec_")
    seen.is_sound(page)
    page.get_by_role("button", name="Send a test").click()
    page.get_by_text("A word is on its way there.").wait_for()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("Nothing goes there any more.").wait_for()


@pytest.mark.parametrize(("size", "theme"), [("phone", "dark"), ("desktop", "light")])
def test_the_page_for_programs_reads_well(open_as, size, theme):
    page = open_as(None, "/api", size=size, theme=theme)
    seen.is_sound(page)


def _asked(site: str, secret: str) -> int:
    return requests.get(f"{site}/api/v1/me", headers={"Authorization": f"Bearer {secret}"}, timeout=15).status_code
