"""Coming in by an account elsewhere, in a real browser: the policy lets the form lead to the provider and back."""

import pytest
from playwright.sync_api import expect

from superviseme.accounts.models import Identity, Person
from tests.accounts.conftest import as_orcid, house  # noqa: F401 - fixtures
from tests.accounts.provider import House

from .conftest import Opener
from .seen import is_sound
from .test_joining import newest_link


@pytest.mark.parametrize("script", [True, False])
def test_a_newcomer_of_orcid_comes_as_far_as_waiting(
    open_as: Opener,
    as_orcid: House,  # noqa: F811 - the fixture
    ada: Person,
    script: bool,
) -> None:
    page = open_as(None, "/login?next=/todos", size="phone", theme="dark", script=script)
    if script:
        is_sound(page)
    page.get_by_role("button", name="Sign in with ORCID").click()
    page.get_by_label("E-mail").fill("josiah@example.edu")
    page.get_by_role("button", name="Send the link").click()
    page.goto(newest_link())
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("administrators are told")).to_be_visible()

    page = open_as(ada, "/admin/users", script=script)
    page.get_by_label("Role of Josiah Carberry").select_option("researcher")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Josiah Carberry can sign in now")).to_be_visible()
    assert [role.value for role in Person.objects.get(email="josiah@example.edu").roles] == ["researcher"]


def test_connecting_from_the_profile(open_as: Opener, house: House, alice: Person) -> None:  # noqa: F811 - the fixture
    page = open_as(alice, "/profile")
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_text("Campus is connected")).to_be_visible()
    page.complaints.clear()  # that the browser asked the provider is what was wanted
    is_sound(page)
    page.get_by_role("button", name="Disconnect").click()
    expect(page.get_by_text("does not sign you in any more")).to_be_visible()
    assert Identity.objects.count() == 0
