"""/admin/audit: everything that happened, findable, and safe to take along."""

import re

import pytest

from superviseme.events.models import Event
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb


@pytest.fixture
def happened(workspace, bob):
    return [
        announce(v, workspace, by=bob, link="")
        for v in (Verb.WORKSPACE_FROZEN, Verb.WORKSPACE_UNFROZEN, Verb.WORKSPACE_EDITED)
    ]


@pytest.mark.parametrize("who, expected", [("bob", 403), ("alice", 403), ("ada", 200)])
def test_only_administrators_read_the_audit(as_, request, who, expected):
    assert as_(request.getfixturevalue(who)).get("/admin/audit").status_code == expected


def test_it_says_who_did_what_where(as_, ada, happened):
    page = as_(ada).get("/admin/audit").content.decode()
    assert "Bob Boss" in page and "froze «Bridges under wind»" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_whatever_it_holds(as_, ada, bob, workspace, rows, django_assert_num_queries):
    for _ in range(rows):
        announce(Verb.WORKSPACE_EDITED, workspace, by=bob, link="")
    browser = as_(ada)
    browser.get("/admin/audit")
    with django_assert_num_queries(5):
        browser.get("/admin/audit")


@pytest.mark.parametrize(
    "query, rows",
    [
        ("who=bob", 3),
        ("who=boss@nowhere", 0),
        ("verb=workspace.frozen", 1),
        ("workspace=999999", 0),
        ("since=2000-01-01&until=2199-12-31", 3),
        ("until=2000-01-01", 0),
        ("since=0000-00-00&workspace=abc&verb=nonsense", 3),
        ("workspace=99999999999999999999", 3),
    ],
)
def test_it_is_filtered_and_what_cannot_be_read_filters_nothing(as_, ada, happened, query, rows):
    assert as_(ada).get(f"/admin/audit?{query}").content.decode().count('<tr id="event-') == rows


def test_the_export_is_a_post_and_is_itself_in_the_audit(as_, ada, happened):
    browser = as_(ada)
    assert browser.get("/admin/audit/export").status_code == 405
    answer = browser.post("/admin/audit/export", {"verb": "workspace.frozen"})
    lines = b"".join(answer.streaming_content).decode().strip().splitlines()
    assert (len(lines), "froze" in lines[1]) == (2, True)
    assert Event.objects.get(verb="data.exported").data["filters"] == {"verb": "workspace.frozen"}


def test_pages_of_the_person_concerned_alone_are_no_links(as_, ada, bob, workspace):
    for link in ("/student/interests", "/w/1/todos/7"):
        announce(Verb.WORKSPACE_EDITED, workspace, by=bob, link=link)
    page = as_(ada).get("/admin/audit").text
    assert ('href="/student/interests"' in page, 'href="/w/1/todos/7"' in page) == (False, True)


def test_what_happened_is_chosen_in_words_and_not_by_its_code(as_, ada):
    page = as_(ada).get("/admin/audit?verb=workspace.frozen").text
    assert '<option value="workspace.frozen" selected>froze «…» (workspace.frozen)</option>' in page
    assert '<optgroup label="The course of a thesis or project">' in page
    german = as_(ada).get("/admin/audit", headers={"Accept-Language": "de"}).text
    assert set(re.findall(r'<option value="([^"]+)"', german)) == {verb.value for verb in Verb}
