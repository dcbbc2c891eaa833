"""/admin/settings: what is chosen there holds everywhere, at once."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from superviseme.events.models import Event
from superviseme.ops import clock
from superviseme.ops.forget import forget_what_expired
from superviseme.ops.purge.actions import purge_deleted
from superviseme.ops.settings.actions import change_settings, version_of
from superviseme.outbox.letters import write
from superviseme.outbox.models import Message
from superviseme.policy.check import NotAllowed
from superviseme.site import table, values
from superviseme.site.models import Setting
from superviseme.site.values import setting
from superviseme.theses.models import Level, Topic
from superviseme.theses.states import State, find_move, label_of, moves_from
from superviseme.web.time import now, simulated, site_zone
from superviseme.workspaces.models import Workspace
from tests.house import named, our_files


@pytest.fixture
def choose(ada):
    return lambda group, **chosen: change_settings(group=group, values=chosen, by=ada)


def form_of(browser, group):
    """What a browser sends when nothing is touched."""
    page = browser.get(f"/admin/settings/{group}").text
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        is_box = found.get("type") == "checkbox"
        if "name" in found and "disabled" not in tag and (not is_box or "checked" in tag):
            sent.setdefault(found["name"], []).append(found.get("value", "on" if is_box else ""))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
        sent[name] = re.findall(r'value="([^"]*)" selected', options)
    return sent


def test_the_table_speaks_of_the_states_and_levels_there_are():
    assert table.STATES == State.values
    assert list(table.LEVELS) == Level.values


@pytest.mark.parametrize("name", [n for n, one in table.SETTINGS.items() if one.kind != "picture"])
def test_what_holds_until_somebody_chooses_is_what_may_be_chosen(name):
    one = table.SETTINGS[name]
    value = setting(name)
    assert table.fits(one, str(value) if one.kind == "text" else list(value) if one.kind == "words" else value)


@pytest.mark.parametrize("group", [g for g in table.GROUPS if g != "pages"])
def test_a_form_that_is_sent_untouched_changes_nothing(as_, ada, group):
    browser = as_(ada)
    answer = browser.post(f"/admin/settings/{group}", form_of(browser, group))
    assert (answer.status_code, Event.objects.filter(verb="settings.changed").count()) == (302, 0)


def test_the_name_is_on_every_page_in_mail_and_in_the_audit(as_, ada, alice):
    browser = as_(ada)
    sent = form_of(browser, "site") | {"site_name": "Tesi <Trento>"}
    assert browser.post("/admin/settings/site", sent).status_code == 302
    assert "Tesi &lt;Trento&gt;" in Client().get("/theses").text
    assert "Tesi <Trento>" in write("account_open", {"name": "x", "link": "x"}).text
    assert Event.objects.get(verb="settings.changed").data["changes"] == {"site_name": ["SuperviseMe", "Tesi <Trento>"]}
    assert "changed the settings: Name" in browser.get("/admin/audit").text


def test_the_zone_is_kept_by_what_runs_by_the_calendar(choose):
    choose("site", time_zone="Asia/Tokyo")
    assert site_zone().key == "Asia/Tokyo"


@pytest.mark.parametrize(
    "group, wrong",
    [
        ("site", {"site_name": ""}),
        ("site", {"site_name": "x" * 61}),
        ("site", {"time_zone": "Mars/Base"}),
        ("supervision", {"silence_days": "1"}),
        ("supervision", {"silence_days": "many"}),
        ("supervision", {"weekly_hour": "24"}),
        ("keeping", {"max_upload_bytes": "0"}),
        ("keeping", {"retention_days": "-1"}),
        ("theses", {"levels_offered": []}),
        ("theses", {"level_names--master": "bachelor"}),
        ("theses", {"default_level": "other", "levels_offered": ["master"]}),
        ("theses", {"state_names--writing": "x" * 31}),
        ("joining", {"sign_up": "everybody"}),
        ("joining", {"sign_up_domains": "example.org, not a domain"}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(as_, ada, group, wrong):
    browser = as_(ada)
    answer = browser.post(f"/admin/settings/{group}", form_of(browser, group) | wrong)
    assert (answer.status_code, Setting.objects.exclude(name="touched").count()) == (422, 0)


def test_the_environment_wins_and_says_so(as_, ada, settings, choose):
    choose("site", site_name="Chosen here")
    settings.ENV = type(settings.ENV)({"SITE_NAME": "From outside"})
    settings.SITE_NAME = "From outside"
    browser = as_(ada)
    page = browser.get("/admin/settings/site").text
    assert setting("site_name") == "From outside"
    assert "Set by the environment (SITE_NAME)" in page
    assert re.search(r'name="site_name"[^>]* disabled', page)
    browser.post("/admin/settings/site", form_of(browser, "site") | {"site_name": "Again"})
    assert setting("site_name") == "From outside"
    with pytest.raises(NotAllowed):
        choose("site", site_name="Again")


def test_of_two_who_save_at_once_the_second_sees_both(as_, ada):
    browser = as_(ada)
    sent = form_of(browser, "supervision")
    browser.post("/admin/settings/supervision", sent | {"silence_days": "21"})
    answer = browser.post("/admin/settings/supervision", sent | {"silence_days": "30"})
    assert (answer.status_code, setting("silence_days")) == (409, 21)
    assert 'value="30"' in answer.text and "<dd>21</dd>" in answer.text
    assert version_of("supervision") in answer.text


def test_a_level_can_be_renamed_and_left_out(as_, ada, bob, workspace, choose):
    choose("theses", level_names={"master": "Laurea magistrale"}, levels_offered=["master", "phd"])
    page = as_(bob).get("/supervisor/topics/new").text
    assert "Laurea magistrale" in page and 'value="bachelor"' not in page
    assert "Laurea magistrale" in as_(bob).get(workspace.get_absolute_url()).text


def test_a_thesis_keeps_a_level_that_is_no_longer_offered(as_, bob, workspace, choose):
    choose("theses", levels_offered=["phd"], default_level="phd")
    page = as_(bob).get(f"/w/{workspace.pk}/thesis").text
    assert 'value="master" selected' in page


def test_new_topics_begin_with_the_level_of_the_site(as_, bob, choose):
    choose("theses", default_level="bachelor")
    assert 'value="bachelor" selected' in as_(bob).get("/supervisor/topics/new").text


def test_a_state_can_be_renamed_and_left_out(as_, bob, workspace, choose):
    choose("theses", state_names={"in_progress": "Under way"}, states_offered=["proposed"])
    assert label_of("in_progress") == "Under way"
    assert {m.target for m in moves_from("in_progress")} == {"in_review", "submitted", "withdrawn"}
    assert find_move("in_progress", "writing") is None
    page = as_(bob).get(workspace.get_absolute_url()).text
    assert "Under way" in page and ">Defended<" not in page


def test_the_size_of_files_is_said_and_held(as_, alice, workspace, choose):
    choose("keeping", max_upload_bytes=1024 * 1024)
    browser = as_(alice)
    assert "at most 1.0\xa0MB each" in browser.get(f"/w/{workspace.pk}/files").text
    large = SimpleUploadedFile("x.txt", b"x" * (1024 * 1024 + 1))
    assert browser.post(f"/w/{workspace.pk}/files", {"files": large}).status_code == 422


def test_what_was_deleted_goes_when_its_days_are_over(choose, bob, workspace):
    Workspace.objects.filter(pk=workspace.pk).update(deleted_at=now() - dt.timedelta(days=20), deleted_by=bob)
    purge_deleted()
    assert Workspace.objects.filter(pk=workspace.pk).exists()
    choose("keeping", retention_days=10)
    purge_deleted()
    assert not Workspace.objects.filter(pk=workspace.pk).exists()


def test_sent_mail_is_kept_as_long_as_chosen(choose, ada):
    was = now() - dt.timedelta(days=20)
    words = dict.fromkeys(("key", "subject", "text", "message_id"), "x")
    Message.objects.create(
        **words, letter="notice", to="x@example.org", created_at=was, due_at=was, sent_at=was, state="sent"
    )
    forget_what_expired()
    assert Message.objects.count() == 1
    choose("keeping", letters_days=10)
    forget_what_expired()
    assert Message.objects.count() == 0


@pytest.mark.parametrize("page", ["privacy", "imprint", "accessibility"])
def test_the_pages_in_the_footer_are_public_and_say_what_was_written(page, as_, ada):
    browser = as_(ada)
    assert f'href="/{page}"' in Client().get("/theses").text
    usual = Client().get(f"/{page}").text
    browser.post("/admin/settings/pages", {page: "## Ours\n**bold** <script>x</script>", "seen": version_of("pages")})
    written = Client().get(f"/{page}").text
    assert "has not yet" in usual and "<strong>bold</strong>" in written and "<script>x" not in written
    browser.post("/admin/settings/pages", {page: "", "seen": version_of("pages")})
    assert "has not yet" in Client().get(f"/{page}").text


def test_an_emptied_page_is_in_the_language_of_who_reads_it_again(as_, ada):
    browser, german = as_(ada), {"Accept-Language": "de"}
    at_first = Client().get("/imprint", headers=german).text
    browser.post("/admin/settings/pages", {"imprint": "Ours", "seen": version_of("pages")})
    browser.post("/admin/settings/pages", {"imprint": "", "seen": version_of("pages")})
    assert re.search("<main.*</main>", Client().get("/imprint", headers=german).text, re.S)[0] in at_first


def test_a_value_of_another_version_is_passed_over(ada):
    Setting.objects.create(name="silence_days", value="fortnight", changed_at=now())
    Setting.objects.create(name="of_another_house", value=1, changed_at=now())
    values.forget()
    assert setting("silence_days") == 14


def test_another_process_hears_of_it_within_seconds(ada, monkeypatch):
    monkeypatch.setattr(values, "LASTS", 3.0)
    monkeypatch.setattr(values.time, "monotonic", lambda: 1000.0)
    values.remember({})
    Setting.objects.create(name="silence_days", value=30, changed_at=now())
    assert setting("silence_days") == 14
    monkeypatch.setattr(values.time, "monotonic", lambda: 1003.1)
    assert setting("silence_days") == 30


def test_topics_of_a_level_left_out_are_still_found(as_, bob, choose):
    Topic.objects.create(title="Kites", state="open", publisher=bob, level="bachelor")
    choose("theses", levels_offered=["master"])
    assert "Kites" in Client().get("/theses?level=bachelor").text


def test_every_setting_is_asked_for_by_some_room():
    own = ("superviseme/site/", "superviseme/ops/settings/")
    files = [file for file in our_files(".py", ".html", below=("superviseme",)) if not named(file).startswith(own)]
    code = "\n".join(file.read_text() for file in files)
    later = {"sign_up", "sign_up_domains"}  # asked for by the ways in
    asked = {name for name in table.SETTINGS if re.search(rf"[\"']{name}[\"']", code)}
    assert set(table.SETTINGS) - asked - later == set()


@pytest.mark.parametrize(
    "chosen, when",
    [({}, "0 9 * * 1"), ({"weekly_day": "6", "weekly_hour": 16}, "0 16 * * 0")],
)
def test_the_weekly_report_goes_when_the_site_says(choose, chosen, when):
    choose("supervision", **chosen)
    assert clock.when_of(next(job for job in clock.JOBS if job.name == "weekly")) == when


def test_a_weekly_report_that_moves_within_a_week_is_not_sent_again(choose, monkeypatch):
    sent: list[str] = []
    weekly = next(job for job in clock.JOBS if job.name == "weekly")
    monkeypatch.setattr(clock, "JOBS", (replace(weekly, run=lambda fence: sent.append("") or "sent"),))

    def tick(day, hour):
        with simulated(dt.datetime(2026, 12, day, hour, 5, tzinfo=site_zone())):
            clock.run_due()
        return len(sent)

    assert (tick(7, 8), tick(7, 9)) == (0, 1)  # a Monday
    choose("supervision", weekly_day="4")
    assert (tick(11, 9), tick(18, 8), tick(18, 9)) == (1, 1, 2)  # the Friday after, and the next


def test_writing_one_page_of_the_footer_leaves_the_others_as_they_are(as_, ada):
    browser = as_(ada)
    shown = {name: str(setting(name)) for name in ("privacy", "imprint", "accessibility")}

    browser.post("/admin/settings/pages", {**shown, "imprint": "## Ours", "seen": version_of("pages")})

    assert [row.data["names"] for row in Event.objects.filter(verb="settings.changed")] == ["Imprint"]
