"""An administrator at work: many theses at once, settings, a report to take along, a list of people to invite."""

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from superviseme.accounts.models import Invitation
from superviseme.workspaces.models import Workspace
from tests import people

from . import seen
from .conftest import Opener


@pytest.mark.parametrize("script", [True, False])
def test_theses_are_archived_together_and_opened_again(
    open_as: Opener, ada: Any, alice: Any, bob: Any, script: bool
) -> None:
    for title in ("Bridges", "Rivers"):
        people.a_thesis(title=title, author=alice, supervisor=bob)
    page = open_as(ada, "/admin/theses?q=alice", script=script)
    if script:
        page.get_by_label("All on this page").check()
    else:
        for title in ("Bridges", "Rivers"):
            page.get_by_label(f"Choose «{title}»").check()
    page.get_by_role("combobox", name="With the chosen ones").select_option("archive")
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("2 changed.")).to_be_visible()
    assert Workspace.objects.exclude(frozen_at=None).count() == 2
    assert "q=alice" in page.url
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 are open again.")).to_be_visible()
    assert Workspace.objects.exclude(frozen_at=None).count() == 0


def test_a_setting_is_seen_at_once(open_as: Opener, ada: Any) -> None:
    page = open_as(ada, "/admin/settings/site")
    page.get_by_label("Name").fill("Tesi di Trento")
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_text("The settings are saved.")).to_be_visible()
    expect(page.locator(".side .brand")).to_contain_text("Tesi di Trento")
    seen.is_sound(page)


def test_a_report_is_taken_along(open_as: Opener, ada: Any, alice: Any, bob: Any) -> None:
    people.a_thesis(author=alice, supervisor=bob)
    page = open_as(ada, "/admin/reports/load")
    seen.is_sound(page)
    page.locator("summary", has_text="Take along").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="As JSON").click()
    assert json.loads(download.value.path().read_text()) == [{"Supervisor": "Bob Boss", "Running": 1, "Over": 0}]


def test_a_table_is_taken_along_in_one_form_after_the_other(open_as: Opener, ada: Any) -> None:
    page = open_as(ada, "/admin/exports")
    for kind in ("CSV", "JSON", "CSV"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"accounts.person as {kind}").click()
        assert download.value.suggested_filename.endswith(kind.lower())


def test_a_list_is_mended_and_sent(open_as: Opener, ada: Any) -> None:
    page = open_as(ada, "/admin/invitations/list", size="phone", theme="dark")
    page.get_by_label("List").fill("nina@example.org,Nina,Neu\nnobody")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("One line cannot be invited")).to_be_visible()
    seen.is_sound(page)
    page.get_by_label("List").fill("nina@example.org,Nina,Neu\nomar@example.org")
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Send 2 invitations").click()
    expect(page.get_by_text("2 invitations are on their way.")).to_be_visible()
    assert Invitation.objects.count() == 2
