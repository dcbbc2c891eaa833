"""The Monday report: to everybody who supervises, once an ISO week, whatever the calendar does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from superviseme.activity.weekly.actions import send_weekly_reports
from superviseme.ops import clock
from superviseme.outbox.models import Message
from superviseme.policy.roles import Role
from superviseme.theses.states import State
from superviseme.web.fence import Fence, Halt
from superviseme.web.time import simulated

MONDAY = datetime(2026, 12, 28, 9, tzinfo=ZoneInfo("Europe/Rome"))
WEEKLY = tuple(job for job in clock.JOBS if job.name == "weekly")


def keys():
    return list(Message.objects.order_by("pk").values_list("key", flat=True))


def test_everybody_who_supervises_gets_one_letter(thesis, bob, carol):
    with simulated(MONDAY):
        assert (send_weekly_reports(), send_weekly_reports()) == ("1 reports of 2026-W53", "")
    message = Message.objects.get()
    assert (message.key, message.to) == (f"weekly:{bob.pk}:2026-W53", "bob@example.org")
    assert ("Bridges under wind" in message.text, "Alice Author" in message.text) == (True, True)


def test_the_letter_is_for_the_week_it_was_due_in_however_late_it_is_written(thesis, bob):
    with simulated(MONDAY + timedelta(days=8)):
        send_weekly_reports(Fence(slot=MONDAY, late=True))
    assert keys() == [f"weekly:{bob.pk}:2026-W53"]


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_smoke": True}])
def test_who_gets_no_mail_gets_no_report(thesis, bob, fields):
    type(bob).objects.filter(pk=bob.pk).update(**fields)
    assert (send_weekly_reports(), keys()) == ("", [])


def test_who_lost_the_role_gets_no_report(thesis, bob):
    bob.grants.filter(role=Role.SUPERVISOR).update(revoked_at=MONDAY, revoked_by=bob)
    assert send_weekly_reports() == ""


def test_what_is_over_is_not_reported(thesis):
    type(thesis).objects.filter(pk=thesis.pk).update(state=State.COMPLETED)
    assert send_weekly_reports() == ""


def test_a_run_that_is_cut_off_is_finished_by_the_next(thesis, eve):
    from tests import people  # only here a second supervisor is needed

    people.a_thesis(title="Second", supervisor=eve)

    class Once(Fence):
        def __call__(self):
            if keys():
                raise Halt

    with simulated(MONDAY), pytest.raises(Halt):
        send_weekly_reports(Once())
    with simulated(MONDAY):
        assert (len(keys()), send_weekly_reports(), len(keys())) == (1, "1 reports of 2026-W53", 2)


def test_five_years_of_mondays_are_one_letter_an_iso_week(thesis, bob, settings, monkeypatch):
    zone = settings.SITE_TIME_ZONE
    monkeypatch.setattr(clock, "JOBS", WEEKLY)
    weeks, monday = set(), date(2026, 1, 5)
    while monday < date(2031, 1, 6):
        weeks.add("{}-W{:02d}".format(*monday.isocalendar()))
        for moment in (time(9), time(17)):
            with simulated(datetime.combine(monday, moment, ZoneInfo(zone)).astimezone(UTC)):
                clock.run_due()
        monday += timedelta(days=7)
    expected = sorted(f"weekly:{bob.pk}:{week}" for week in weeks)
    print(f"{len(expected)} weeks in {zone}")
    assert (len(expected), sorted(keys())) == (261, expected)
