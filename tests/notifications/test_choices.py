"""What people chose holds: kinds and ways, once a day, hours of rest, muted workspaces."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from superviseme.notifications import mail
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import CATALOG, Verb
from superviseme.notifications.categories import CATEGORIES, Category, category_of
from superviseme.notifications.inbox.queries import unread_count
from superviseme.notifications.models import Habits, Notice, Preference, Telling
from superviseme.notifications.spread import spread_due_notices
from superviseme.notifications.timing import awake, daily
from superviseme.web.time import now, simulated
from superviseme.workspaces.models import Member
from superviseme.workspaces.people.actions import set_muted

from .conftest import letters_to

ROME = ZoneInfo("Europe/Rome")


def test_every_kind_of_news_has_a_loud_or_quiet_event_and_its_place():
    assert {category_of(verb) for verb in Verb} | {Category.SILENCE} == set(CATEGORIES)
    assert (category_of("todo.due"), category_of("todo.added"), category_of("unheard.of")) == (
        "days",
        "tasks",
        "account",
    )


def test_who_wants_no_mail_of_a_kind_gets_none_and_reads_it_in_the_app(alice, carol, tell, later, wants):
    wants(alice, "course", "never")
    tell(alice)
    later()
    assert (letters_to(alice), len(letters_to(carol)), unread_count(alice)) == ([], 1, 1)


def test_who_wants_everything_is_mailed_the_quiet_ones_too(alice, tell, later, wants):
    wants(alice, "course", "all")
    tell(alice, verb=Verb.WORKSPACE_CREATED)
    later()
    assert [m.subject for m in letters_to(alice)] == ["Bridges under wind"]


def test_what_is_not_wanted_in_the_app_is_mailed_all_the_same(as_, alice, tell, later, wants):
    wants(alice, "course", "never", channel="web")
    tell(alice)
    later()
    assert (unread_count(alice), len(letters_to(alice))) == (0, 1)
    assert "No notices yet" in as_(alice).get("/notifications").content.decode()


def test_a_day_is_one_letter_at_its_hour(alice, tell, later, wants):
    wants(alice, "course", "daily", daily_hour=7)
    with simulated(datetime(2026, 11, 24, 9, 0, tzinfo=ROME)):
        tell(alice), tell(alice, verb=Verb.WORKSPACE_CREATED)
    later(at=datetime(2026, 11, 24, 23, 0, tzinfo=ROME))
    assert letters_to(alice) == []
    later(at=datetime(2026, 11, 25, 7, 0, 1, tzinfo=ROME)), later(at=datetime(2026, 11, 25, 7, 1, tzinfo=ROME))
    (letter,) = letters_to(alice)
    assert (letter.letter, letter.subject) == ("day", "2 things since yesterday · 25 November 2026")
    assert ("froze" in letter.text, "created" in letter.text) == (True, True)


def test_a_letter_that_went_late_does_not_take_the_place_of_the_next_days(alice, tell, later, wants):
    wants(alice, "course", "daily", daily_hour=7)
    with simulated(datetime(2026, 11, 24, 9, tzinfo=ROME)):
        tell(alice)
    later(at=datetime(2026, 11, 24, 9, 1, tzinfo=ROME))
    with simulated(datetime(2026, 11, 25, 9, tzinfo=ROME)):
        tell(alice)
    later(at=datetime(2026, 11, 26, 6, 59, tzinfo=ROME))  # the scheduler was away since the 24th
    later(at=datetime(2026, 11, 26, 7, 0, 30, tzinfo=ROME))
    assert len(letters_to(alice)) == 2


def test_a_day_of_more_than_a_letter_holds_says_how_much_more(alice, tell, later, wants, monkeypatch):
    monkeypatch.setattr(mail, "MOST_LINES", 2)
    wants(alice, "course", "daily", daily_hour=7)
    with simulated(datetime(2026, 11, 24, 9, 0, tzinfo=ROME)):
        tell(alice), tell(alice), tell(alice)
    later(at=datetime(2026, 11, 24, 9, 1, tzinfo=ROME)), later(at=datetime(2026, 11, 25, 7, 1, tzinfo=ROME))
    (letter,) = letters_to(alice)
    assert letter.subject == "3 things since yesterday · 25 November 2026"
    assert (letter.text.count("froze"), "and 1 more: http" in letter.text, "and 1 more" in letter.html) == (
        2,
        True,
        True,
    )


def test_the_daily_letter_does_not_come_in_hours_of_rest(alice, tell, later, wants):
    wants(alice, "course", "daily", daily_hour=7, quiet_from=22, quiet_until=9)
    with simulated(datetime(2026, 11, 24, 9, 0, tzinfo=ROME)):
        tell(alice)
    later(at=datetime(2026, 11, 24, 9, 1, tzinfo=ROME)), later(at=datetime(2026, 11, 25, 8, 59, tzinfo=ROME))
    assert letters_to(alice) == []
    later(at=datetime(2026, 11, 25, 9, 0, 1, tzinfo=ROME))
    assert len(letters_to(alice)) == 1


def test_whoever_changes_the_hour_still_gets_one_letter_a_day(alice, tell, later, wants):
    wants(alice, "course", "daily", daily_hour=7)
    monday = datetime(2026, 11, 23, 6, 0, tzinfo=ROME)
    with simulated(monday):
        tell(alice)
    later(at=monday + timedelta(minutes=1)), later(at=monday + timedelta(hours=2))
    wants(alice, daily_hour=9)
    with simulated(monday + timedelta(hours=2, minutes=5)):
        tell(alice)
    later(at=monday + timedelta(hours=2, minutes=6)), later(at=monday + timedelta(hours=4))
    assert len(letters_to(alice)) == 1
    later(at=monday + timedelta(hours=28))
    assert len(letters_to(alice)) == 2


def test_whoever_changes_the_hour_before_the_clocks_change_gets_the_next_at_that_hour(alice, tell, later, wants):
    wants(alice, "course", "daily", daily_hour=7)
    saturday = datetime(2026, 3, 28, 6, 0, tzinfo=ROME)
    with simulated(saturday):
        tell(alice)
    later(at=saturday + timedelta(minutes=1)), later(at=saturday + timedelta(hours=2))
    wants(alice, daily_hour=9)
    with simulated(saturday + timedelta(hours=2, minutes=5)):
        tell(alice)
    later(at=saturday + timedelta(hours=2, minutes=6)), later(at=saturday + timedelta(hours=4))
    assert [t.due_at for t in Telling.objects.filter(told_at=None)] == [datetime(2026, 3, 29, 9, 0, tzinfo=ROME)]


def test_what_was_read_meanwhile_is_not_in_the_daily_letter(as_, alice, tell, later, wants):
    wants(alice, "course", "daily")
    notice = tell(alice)
    later()
    as_(alice).post(f"/notifications/{notice.pk}/reading")
    later(seconds=25 * 3600)
    assert (letters_to(alice), Telling.objects.filter(told_at=None).count()) == ([], 0)


def test_mail_waits_while_one_rests(alice, tell, later, wants):
    wants(alice, quiet_from=22, quiet_until=7)
    night = datetime(2026, 11, 24, 23, 30, tzinfo=ROME)
    with simulated(night):
        tell(alice)
    later(at=night + timedelta(minutes=1)), later(at=night + timedelta(hours=7))
    assert letters_to(alice) == []
    later(at=night + timedelta(hours=7, minutes=31))
    assert len(letters_to(alice)) == 1


@pytest.mark.parametrize(
    "zone, moment, until",
    [
        ("Europe/Rome", "2026-11-24T22:00", "2026-11-25T07:00"),
        ("Europe/Rome", "2026-11-25T06:59", "2026-11-25T07:00"),
        ("Europe/Rome", "2026-11-25T07:00", "2026-11-25T07:00"),
        ("Europe/Rome", "2026-11-25T21:59", "2026-11-25T21:59"),
        ("Europe/Rome", "2026-10-24T23:00", "2026-10-25T07:00"),  # the night of 25 hours
        ("America/New_York", "2026-03-07T23:00", "2026-03-08T07:00"),  # and one of 23
        ("Asia/Kathmandu", "2026-03-07T23:00", "2026-03-08T07:00"),
    ],
)
def test_rest_ends_by_the_clock_on_the_wall(zone, moment, until):
    there, habits = ZoneInfo(zone), Habits(quiet_from=22, quiet_until=7)
    found = awake(datetime.fromisoformat(moment).replace(tzinfo=there).astimezone(UTC), habits, there)
    assert found.astimezone(there).strftime("%Y-%m-%dT%H:%M") == until


def test_rest_within_a_day_and_none_at_all():
    noon = datetime(2026, 11, 25, 12, 30, tzinfo=ROME)
    assert awake(noon, Habits(quiet_from=12, quiet_until=14), ROME) == datetime(2026, 11, 25, 14, tzinfo=ROME)
    assert awake(noon, Habits(), ROME) == noon
    assert daily(noon, Habits(daily_hour=12), ROME) == datetime(2026, 11, 26, 12, tzinfo=ROME)


def test_a_muted_workspace_rings_for_nobody_but_whom_it_names(alice, workspace, bob, tell, later):
    set_muted(workspace, muted=True, by=alice)
    hushed = tell(alice)
    later()
    assert (letters_to(alice), unread_count(alice), hushed.read_at is not None) == ([], 0, True)
    tell(alice, verb=Verb.TODO_ASSIGNED, to=[alice])
    later()
    assert (len(letters_to(alice)), unread_count(alice)) == (1, 1)


def test_muting_is_a_button_and_can_be_taken_back(as_, alice, workspace):
    browser = as_(alice)
    page = browser.get(f"/w/{workspace.pk}").content.decode()
    assert f'action="/w/{workspace.pk}/mute"' in page
    browser.post(f"/w/{workspace.pk}/mute")
    assert f'action="/w/{workspace.pk}/unmute"' in browser.get("/profile/notices").content.decode()
    browser.post(f"/w/{workspace.pk}/unmute")
    assert list(Member.objects.filter(muted=True)) == []


def test_choices_are_saved_and_shown(as_, alice):
    sent = {"course-email": "daily", "talk-web": "never", "daily_hour": "18", "quiet_from": "22", "quiet_until": "6"}
    answer = as_(alice).post("/profile/notices", {**sent, "weekly_plan": "on"})
    assert answer.status_code == 302
    rows = set(Preference.objects.values_list("person", "category", "channel", "delivery"))
    assert rows == {(alice.pk, "course", "email", "daily"), (alice.pk, "talk", "web", "never")}
    habits = Habits.objects.get(person=alice)
    assert (habits.daily_hour, habits.quiet_from, habits.quiet_until, habits.weekly_plan) == (18, 22, 6, True)
    as_(alice).post("/profile/notices", {"course-email": "important", "talk-web": "important", "daily_hour": "7"})
    assert (Preference.objects.count(), Habits.objects.get(person=alice).quiet_from) == (0, None)


@pytest.mark.parametrize(
    "sent",
    [
        {"daily_hour": "24"},
        {"daily_hour": "7", "quiet_from": "3"},
        {"daily_hour": "7", "quiet_from": "22", "quiet_until": "22"},
        {"daily_hour": "7", "talk-email": "loud"},
    ],
)
def test_choices_that_are_none_are_refused(as_, alice, sent):
    assert (as_(alice).post("/profile/notices", sent).status_code, Habits.objects.count()) == (422, 0)


def test_the_page_costs_few_queries(as_, alice, workspace, wants, django_assert_num_queries):
    wants(alice, "course", "daily", daily_hour=9)
    set_muted(workspace, muted=True, by=alice)
    browser = as_(alice)
    browser.get("/profile/notices")
    with django_assert_num_queries(9):
        browser.get("/profile/notices")


@pytest.mark.parametrize("people", [1, 3])
def test_telling_many_costs_what_telling_one_costs(
    workspace, bob, alice, carol, eve, people, django_assert_num_queries
):
    Member.objects.exclude(person__in=[bob, alice, carol, eve][: people + 1]).delete()
    workspace.forget_seats()
    with django_assert_num_queries(10):
        announce(Verb.WORKSPACE_FROZEN, workspace, by=bob)
    assert Notice.objects.count() == people


def test_many_are_planned_and_told_in_few_queries(alice, carol, eve, tell, django_assert_num_queries):
    for _ in range(3):
        tell(alice)
    with simulated(now() + timedelta(minutes=1)), django_assert_num_queries(18):
        spread_due_notices()
    assert (len(letters_to(alice)), len(letters_to(carol)), len(letters_to(eve))) == (1, 1, 1)


def test_no_event_is_loud_by_accident():
    loud = {verb for verb in Verb if CATALOG[verb].loud}
    quiet = {"file", "goal", "account", "data", "outbox"}
    meant = {Verb.SIGN_UP_WAITING, Verb.WEBHOOK_LOST, Verb.WEBHOOK_LOCKED, Verb.PICTURE_REMOVED}
    assert {verb for verb in loud if verb.value.partition(".")[0] in quiet} == meant
