"""Every component in all its states, in both themes, on a desk and in a hand."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from superviseme.web.styleguide import PLACES

from . import seen
from .conftest import Opener

TEMPLATES = Path(__file__).resolve().parents[2] / "superviseme" / "templates"
ICONS = TEMPLATES.parent / "static" / "src" / "icons.txt"


@pytest.fixture(autouse=True)
def development(settings: Any) -> None:
    settings.DEBUG = True


WAYS = [("desktop", "light"), ("phone", "dark"), ("desktop", "dark"), ("phone", "light")]
WAYS = WAYS if os.environ.get("LONG") == "1" else WAYS[:2]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("size", "theme"), WAYS)
def test_every_component_is_sound(open_as: Opener, place: str, size: str, theme: str) -> None:
    page = open_as(None, f"/styleguide/{place}", size=size, theme=theme)

    seen.picture(page, f"styleguide-{place}-{size}-{theme}")
    page.complaints = [
        text for text in page.complaints if "yyyy-MM-dd" not in text
    ]  # the form that came back wrong, on purpose
    seen.is_sound(page)


@pytest.mark.parametrize("mode", ["production", "demo", "test"])
def test_the_style_guide_is_for_development_only(client: Any, settings: Any, mode: str) -> None:
    settings.SITE_MODE, settings.DEBUG = mode, False

    assert [client.get(address).status_code for address in ("/styleguide", "/styleguide/forms")] == [404, 404]


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    known = set(ICONS.read_text().split())

    named = {
        name
        for file in TEMPLATES.rglob("*.html")
        for name in re.findall(r"""icon\(\s*["']([a-z0-9/-]+)["']""", file.read_text())
    }

    assert named - known == set()


def test_menus_open_without_script(open_as: Opener) -> None:
    page = open_as(None, "/styleguide", script=False)

    page.locator(".page-head-actions summary").click()

    expect(page.get_by_role("link", name="Download as calendar (.ics)")).to_be_visible()
    expect(page.locator(".editor-bar").first).to_be_hidden()


def test_the_menu_of_the_phone_opens_without_script(open_as: Opener) -> None:
    page = open_as(None, "/styleguide", size="phone", script=False)

    page.get_by_role("button", name="More", exact=True).click()

    expect(page.get_by_role("navigation", name="Main menu")).to_be_visible()


def test_the_slash_finds_the_search_but_not_while_typing(open_as: Opener) -> None:
    page = open_as(None, "/styleguide/forms")

    page.locator("#free_title").fill("")
    page.locator("#free_title").press("/")
    expect(page.locator("#free_title")).to_have_value("/")
    page.locator("main").focus()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()


def test_the_theme_is_chosen_with_and_without_script(open_as: Opener) -> None:
    for script in (True, False):
        page = open_as(None, "/styleguide", script=script)
        page.locator(".person-menu summary").click()

        page.get_by_role("button", name="Dark").click()

        expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_toolbar_marks_what_is_chosen(open_as: Opener) -> None:
    page = open_as(None, "/styleguide/forms")
    text = page.locator("#free_text")
    text.fill("a plain word")
    text.select_text()

    page.locator("form").filter(has=text).get_by_role("button", name="Bold").click()

    expect(text).to_have_value("**a plain word**")


def test_a_draft_outlives_the_page(open_as: Opener) -> None:
    page = open_as(None, "/styleguide/forms")
    page.locator("#free_text").fill("half a thought")

    page.reload()

    expect(page.locator("#free_text")).to_have_value("half a thought")
    page.get_by_role("button", name="Discard it").click()
    expect(page.locator("#free_text")).to_have_value("")


def test_a_dialog_opens_and_escape_closes_it(open_as: Opener) -> None:
    page = open_as(None, "/styleguide")

    page.get_by_role("link", name="Open a dialog").click()
    expect(page.get_by_role("dialog", name="Add a person")).to_be_visible()
    seen.is_sound(page)
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog", name="Add a person")).to_be_hidden()


def test_what_cannot_be_undone_asks_for_the_name(open_as: Opener) -> None:
    page = open_as(None, "/styleguide/forms")
    purge = page.get_by_role("button", name="Purge this thesis")
    expect(purge).to_be_disabled()

    page.locator("#confirm-name").fill(page.locator("[data-confirm-name]").get_attribute("data-confirm-name") or "")

    expect(purge).to_be_enabled()


def test_a_refused_button_says_why_when_reached_by_keyboard(open_as: Opener) -> None:
    page = open_as(None, "/styleguide/workspace")

    page.get_by_role("button", name="Post update").focus()

    expect(page.locator(".page-head-actions .why")).to_be_visible()
