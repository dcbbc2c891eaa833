"""The smoke test against a real server: what it says of a good build and of bad ones, and that it leaves nothing."""

from datetime import timedelta

import pytest
from django.apps import apps

from superviseme.accounts.grants.actions import keep_an_administrator
from superviseme.accounts.models import Person
from superviseme.accounts.signin.expiry import LASTS
from superviseme.events.models import Event
from superviseme.home.panels import admin as admin_desk
from superviseme.ops.checks import Report
from superviseme.ops.maintenance.flag import put
from superviseme.ops.smoke.actions import gather_cast, remove_smoke_people
from superviseme.ops.smoke.browser import Browser
from superviseme.ops.smoke.run import smoke
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, Rule
from superviseme.policy.rules import RULES
from superviseme.web.time import now
from superviseme.workspaces.todos.actions import add_todo


def everything():
    """Every row of every table."""
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label != "contenttypes.ContentType"
    }


@pytest.fixture
def site(transactional_db, live_server, settings, tmp_path):
    settings.BASE_URL, settings.DATA_DIR = live_server.url, tmp_path
    return live_server.url


def failed(report):
    return [(check.id, check.measured) for check in report.checks if check.status == "failed"]


def test_a_good_build_passes_and_nothing_is_left_not_even_of_a_run_that_was_killed(site, workspace):
    before = everything()
    killed = gather_cast()
    browser = Browser(url=site, base_url=site)
    browser.get("/login")
    browser.post("/login", login=killed.people["student"].email, password=killed.password)
    report = Report("smoke")
    assert (smoke(report, url=site), failed(report)) == (0, [])
    assert report.checks[-1].measured == "5 people removed, 5 of an earlier run"
    assert everything() == before


def test_a_build_that_lets_the_wrong_people_delete_fails_by_name(site, monkeypatch):
    monkeypatch.setitem(RULES, Action.WORKSPACE_DELETE, Rule())
    report = Report("smoke")
    assert smoke(report, url=site) == 1
    assert [id for id, _ in failed(report)] == ["smoke.theses"]
    assert failed(report)[0][1].startswith("POST /w/")
    assert not Person.objects.filter(is_smoke=True).exists()


def test_where_nobody_answers_no_people_are_made(site):
    report = Report("smoke")
    assert smoke(report, url="http://127.0.0.1:1") == 1
    assert [id for id, _ in failed(report)][0] == "smoke.health"
    assert [check.id for check in report.checks if check.clause == "4.4"] == []


def test_while_the_site_is_closed_it_is_let_in(site):
    put(reason="restore", by="ada")
    report = Report("smoke")
    assert (smoke(report, url=site), failed(report)) == (0, [])


def test_without_the_database_visitors_pages_can_still_be_looked_at(site):
    report = Report("smoke")
    assert (smoke(report, url=site, read_only=True), len(report.checks)) == (0, 6)


# --- whom its people meet -----------------------------------------------------------------------------------------------


@pytest.fixture
def cast(db):
    return gather_cast()


def test_nobody_chooses_them_and_they_keep_no_site_alive(cast, ada):
    assert list(Person.objects.active()) == [ada]
    with pytest.raises(NotAllowed):
        keep_an_administrator(losing=ada)


def test_what_they_do_is_no_event_but_everybody_elses_is(cast, workspace, alice):
    theirs = cast.people["supervisor"]
    add_todo(workspace.__class__.objects.get(pk=cast.theses["supervisor"]), title="Try", by=theirs)
    add_todo(workspace, title="Measure", by=alice)
    assert list(Event.objects.values_list("title", flat=True)) == ["Measure"]


def test_others_see_nothing_of_them_but_administrators(cast, as_, alice, ada):
    theirs = cast.theses["supervisor"]
    assert [as_(who).get(f"/w/{theirs}").status_code for who in (alice, ada)] == [404, 200]
    found = [f"/w/{theirs}".encode() in as_(who).get("/search?q=Smoke").content for who in (alice, ada)]
    assert found == [False, True]


def test_they_are_not_counted_on_the_desk(cast, ada):
    assert [stat["value"] for stat in admin_desk.overview()["stats"]] == [0, 0, 0, 1, 0, 0]


def test_after_ten_minutes_their_accounts_are_dead(cast, as_):
    student = cast.people["student"]
    browser = as_(student)
    assert browser.get("/profile").status_code == 200
    Person.objects.filter(pk=student.pk).update(joined_at=now() - LASTS - timedelta(seconds=1))
    assert browser.get("/profile").status_code == 302


def test_removing_them_twice_removes_nothing_more(cast):
    assert [remove_smoke_people(), remove_smoke_people()] == [5, 0]
