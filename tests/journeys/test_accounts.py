"""Accounts come and go by letters that an administrator reads in the outbox of this machine."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from superviseme.accounts.models import Person
from tests.people import PASSWORD
from tests.pictures.drawn import drawn

from . import seen
from .conftest import Opener, give_password, sign_in

LETTER = re.compile(r"https?://[^/\s]+(/(?:invitations|password/reset)/\S+)")


@pytest.fixture
def ada_s_page(open_as: Opener, ada: Person, transactional_db: None) -> Page:
    return open_as(ada, "/admin/users")


def letter(page: Page, subject: str) -> str:
    """The path of the link in the newest letter with such a subject."""
    page.goto("/admin/outbox")
    page.locator("main").get_by_role("link", name=re.compile(subject, re.IGNORECASE)).first.click()
    page.get_by_text("As plain text").click()
    found = LETTER.search(page.locator(".letter-text").inner_text())
    assert found, "the letter has no link"
    return found[1]


def test_somebody_invited_by_mail_joins_and_is_signed_in(open_as: Opener, ada_s_page: Page) -> None:
    ada_s_page.goto("/admin/invitations/new")
    ada_s_page.get_by_label("E-mail").fill("nora.new@example.org")
    ada_s_page.get_by_label("Role").select_option(label="Supervisor")
    ada_s_page.get_by_role("button", name="Send the invitation").click()
    expect(ada_s_page.get_by_text("nora.new@example.org").first).to_be_visible()

    noras = open_as(None, letter(ada_s_page, "invit"), size="phone", theme="dark")
    seen.is_sound(noras)
    noras.get_by_label("First name").fill("Nora")
    noras.get_by_label("Family name").fill("New")
    noras.get_by_label("Password", exact=False).first.fill(PASSWORD)
    noras.get_by_label("Password again").fill(PASSWORD)
    noras.get_by_role("button", name="Join").click()

    expect(noras.locator(".person-menu")).to_be_visible()
    noras.goto("/profile")
    expect(noras.get_by_label("First name")).to_have_value("Nora")
    seen.is_sound(noras)


def test_a_forgotten_password_is_replaced_by_letter(open_as: Opener, alice: Person, ada_s_page: Page) -> None:
    page = open_as(None, "/login")
    page.get_by_role("link", name="Password forgotten?").click()
    page.get_by_label("E-mail").fill("ALICE@example.org")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    page.goto(letter(ada_s_page, "password"))
    page.get_by_label("New password", exact=False).first.fill("a brand new password")
    page.get_by_label("New password again").fill("a brand new password")
    page.get_by_role("button", name="Set the password").click()
    page.goto("/login")
    sign_in(page, alice, "a brand new password")

    expect(page.locator(".person-menu")).to_be_visible()


def test_a_disabled_account_is_signed_out_at_its_next_request(open_as: Opener, alice: Person, ada_s_page: Page) -> None:
    page = open_as(alice, "/student/dashboard")
    ada_s_page.goto(f"/admin/users/{alice.pk}")

    ada_s_page.get_by_role("button", name="Disable").click()

    expect(ada_s_page.get_by_role("button", name="Enable")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_wrong_password_is_said_beside_the_form(open_as: Opener, alice: Person, transactional_db: None) -> None:
    give_password(alice)
    page = open_as(None, "/login")

    sign_in(page, alice, "not the password")

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("alice@example.org")
    page.complaints.clear()
    seen.is_sound(page)


def test_a_picture_is_chosen_seen_beside_the_name_and_taken_away(
    open_as: Opener, alice: Person, ada_s_page: Page, tmp_path: Path
) -> None:
    (tmp_path / "me.png").write_bytes(drawn(size=(400, 300)))
    page = open_as(alice, "/profile", size="phone", script=False)
    page.get_by_label("Picture").set_input_files(tmp_path / "me.png")
    page.get_by_role("button", name="Use this picture").click()
    expect(page.locator(".person-menu .avatar img")).to_have_count(1)

    ada_s_page.reload()
    shown = ada_s_page.locator("tr", has_text="Alice Author").locator(".avatar img")
    expect(shown).to_have_js_property("naturalWidth", 256)
    ada_s_page.get_by_role("link", name="Alice Author").click()
    ada_s_page.get_by_role("button", name="Remove the picture").click()
    expect(ada_s_page.locator("main .avatar img")).to_have_count(0)
    page.goto("/profile")
    expect(page.locator(".avatar img")).to_have_count(0)
    expect(page.get_by_role("button", name="Remove my picture")).to_have_count(0)
