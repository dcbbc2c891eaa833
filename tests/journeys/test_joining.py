"""Coming in, with and without script: from the invitation to the roles."""

import pytest
from django.contrib.auth.hashers import make_password

from superviseme.accounts.models import Person
from superviseme.accounts.signin.actions import send_reset_link
from superviseme.outbox.models import Message
from tests.people import PASSWORD

from .conftest import Opener
from .seen import is_sound

NEW = "violet anchors sing quietly"


def newest_link() -> str:
    text = Message.objects.latest("pk").text
    return next(word for word in text.split() if word.startswith("http") and "/" in word[10:]).split("8080", 1)[1]


@pytest.mark.parametrize("script", [True, False])
def test_an_invited_person_joins(open_as: Opener, ada: Person, script: bool) -> None:
    page = open_as(ada, "/admin/invitations/new", script=script)
    page.get_by_label("E-mail").fill("nina@example.org")
    page.get_by_label("Role").select_option("supervisor")
    page.get_by_role("button", name="Send the invitation").click()
    assert page.get_by_text("An invitation is on its way").is_visible()

    page = open_as(None, newest_link(), size="phone", theme="dark", script=script)
    if script:
        is_sound(page)
    page.get_by_label("First name").fill("Nina")
    page.get_by_label("Family name").fill("Neu")
    page.locator("[name=password1]").fill(NEW)
    page.locator("[name=password2]").fill(NEW)
    page.get_by_role("button", name="Join").click()

    assert page.get_by_role("heading", name="Profile and settings").is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_signing_in_leads_back_to_where_one_wanted_to_be(open_as: Opener, alice: Person, script: bool) -> None:
    Person.objects.filter(pk=alice.pk).update(password=make_password(PASSWORD))
    page = open_as(None, "/profile/email", script=script)
    page.get_by_label("E-mail").fill("Alice@Example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()

    assert page.url.endswith("/profile/email")


def test_a_password_is_shown_on_request(open_as: Opener) -> None:
    page = open_as(None, "/login")
    field = page.locator("[name=password]")
    page.get_by_role("button", name="Show").click()

    assert field.get_attribute("type") == "text"
    is_sound(page)


@pytest.mark.parametrize("script", [True, False])
def test_a_role_is_given_and_taken_back(open_as: Opener, ada: Person, alice: Person, script: bool) -> None:
    page = open_as(ada, f"/admin/users/{alice.pk}", script=script)
    page.get_by_label("Role to give").select_option("researcher")
    page.get_by_role("button", name="Give role").click()
    page.get_by_text("has the role Researcher").wait_for()
    page.locator(".row-item", has_text="Researcher").get_by_role("button", name="Take back").click()
    page.get_by_text("has the role Researcher no more").wait_for()

    assert "researcher" not in Person.objects.get(pk=alice.pk).roles


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_what_only_links_lead_to_is_sound(open_as: Opener, ada: Person, alice: Person, size: str, theme: str) -> None:
    is_sound(open_as(ada, f"/admin/users/{alice.pk}/erasure", size=size, theme=theme))
    send_reset_link(email=alice.email)
    is_sound(open_as(None, newest_link(), size=size, theme=theme))
    is_sound(open_as(None, "/invitations/made-up", size=size, theme=theme))
