"""What the Monday letters say, who may see and send them, and when they go."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from superviseme.activity.weekly.actions import send_to, send_to_all, send_weekly_reports, when, words_for
from superviseme.activity.weekly.report import report_for
from superviseme.events.models import Event
from superviseme.notifications.models import Habits
from superviseme.notifications.verbs import Verb
from superviseme.ops import clock
from superviseme.ops.settings.actions import change_settings
from superviseme.outbox.models import Message
from superviseme.policy.check import NotAllowed
from superviseme.site import values
from superviseme.theses.models import Interest, Topic
from superviseme.web.time import simulated
from superviseme.workspaces.meetings.actions import plan_meeting, write_record
from superviseme.workspaces.milestones.actions import add_milestone
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.todos.actions import add_todo
from superviseme.workspaces.updates.actions import give_feedback, post_update
from tests import people

ROME = ZoneInfo("Europe/Rome")
MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=ROME)
WEEK = "2026-W48"


def days(n, hour=10):
    return simulated(MONDAY + dt.timedelta(days=n, hours=hour - 9))


@pytest.fixture
def space(workspace):
    Workspace.objects.filter(pk=workspace.pk).update(created_at=MONDAY - dt.timedelta(days=5))
    return workspace


def report(person):
    with simulated(MONDAY):
        return words_for(person, "weekly", WEEK)


def section(person):
    (found,) = report(person)["theses"]
    return found


def test_what_the_student_did_this_week_is_there_and_older_is_not(space, alice, bob):
    with days(-9):
        post_update(space, kind="progress", text="Old figures", by=alice)
    with days(-2):
        post_update(space, kind="progress", text="New figures", by=alice)
        add_todo(space, title="By Bob himself", by=bob)
    assert [(i.what, i.fact) for i in section(bob).happened] == [
        ("Alice Author posted an update in this thesis", "New figures")
    ]


def test_what_waits_for_the_supervisor_until_it_is_done(space, alice, bob, carol):
    with days(-3):
        update = post_update(space, kind="question", text="Which tunnel?", by=alice)
        meeting = plan_meeting(
            space, title="Plan", starts_at=MONDAY - dt.timedelta(days=4), attendees=[alice, bob], by=alice
        )
        write_record(meeting, notes="We spoke.", decisions="", by=alice)
        add_todo(space, title="Order sensors", assignee=bob, due_on=MONDAY.date() + dt.timedelta(days=2), by=alice)
        add_todo(space, title="Not Bob's", assignee=carol, by=alice)
    assert [(i.what, i.fact) for i in section(bob).waits] == [
        ("Alice Author wrote, unanswered: Which tunnel?", "20 November 2026"),
        ("A record to confirm: Plan", "20 November 2026"),
        ("To do: Order sensors", "due in 2 days"),
    ]
    with days(-1):
        give_feedback(update, text="The small one", by=bob)
    assert [i.what for i in section(bob).waits] == ["A record to confirm: Plan", "To do: Order sensors"]


def test_what_is_due_late_or_soon_by_day(space, thesis, alice, bob):
    with days(-5):
        add_milestone(space, title="Draft", due_on=MONDAY.date() + dt.timedelta(days=14), by=bob)
        add_milestone(space, title="Far", due_on=MONDAY.date() + dt.timedelta(days=15), by=bob)
        add_todo(space, title="Late", assignee=alice, due_on=MONDAY.date() - dt.timedelta(days=2), by=bob)
    type(thesis).objects.filter(pk=thesis.pk).update(submit_by=MONDAY.date() + dt.timedelta(days=10))
    assert [(i.what, i.fact) for i in section(bob).due] == [
        ("Hand-in", "due in 10 days"),
        ("Late", "2 days overdue"),
        ("Draft", "due in 14 days"),
    ]


def test_the_silent_come_first_and_are_counted(space, alice, bob):
    other = people.a_thesis(title="A quiet one", author=people.person("Zoe Zed"), supervisor=bob).workspace
    Workspace.objects.filter(pk=other.pk).update(created_at=MONDAY - dt.timedelta(days=40))
    found = report(bob)
    assert [(t.title, t.quiet.is_silent) for t in found["theses"]] == [
        ("A quiet one", True),
        ("Bridges under wind", False),
    ]
    assert (found["silent"], found["theses"][0].quiet.words) == (1, "nothing yet, agreed rhythm 14 days")


def test_requests_for_topics_wait_as_well(space, bob, mallory):
    topic = Topic.objects.create(title="Kites", state="open", publisher=bob)
    Interest.objects.create(topic=topic, student=mallory)
    assert [i.what for i in report(bob)["requests"]] == ["Mallory Outside would like to work on «Kites»"]


@pytest.mark.parametrize("rest", [{"frozen": True}, {"state": "completed"}])
def test_what_rests_is_not_in_it(space, thesis, bob, rest):
    if "state" in rest:
        type(thesis).objects.filter(pk=thesis.pk).update(**rest)
    else:
        Workspace.objects.filter(pk=space.pk).update(frozen_at=MONDAY, frozen_by=bob)
    assert report(bob) is None


def test_the_subject_says_what_matters_and_names_stay_text(space, alice, bob):
    type(alice).objects.filter(pk=alice.pk).update(surname="O'Clark <b>")
    with days(-1):
        post_update(space, kind="question", text="Why?", by=alice)
    with simulated(MONDAY):
        send_weekly_reports()
    letter = Message.objects.get()
    assert letter.subject == f"Your thesis in week {WEEK} · 1 waits for you"
    assert ("O'Clark <b>" in letter.text, "O&#39;Clark &lt;b&gt;" in letter.html) == (True, True)
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_does_not_want_it_gets_none(space, bob):
    Habits.objects.create(person=bob, weekly_report=False)
    with simulated(MONDAY):
        assert send_weekly_reports() == ""


def test_where_the_site_wants_none_nobody_gets_one(space):
    values.remember({"weekly_report": False})
    with simulated(MONDAY):
        assert send_weekly_reports() == ""
        values.remember({})
        assert send_weekly_reports() == f"1 reports of {WEEK}"


def test_who_writes_gets_a_plan_when_asked_for(space, alice, bob):
    with days(-2):
        plan_meeting(space, title="Talk", starts_at=MONDAY + dt.timedelta(days=2), attendees=[alice, bob], by=bob)
        add_todo(space, title="Measure", assignee=alice, due_on=MONDAY.date(), by=bob)
    with simulated(MONDAY):
        send_weekly_reports()
        assert not Message.objects.filter(letter="plan").exists()
        Habits.objects.create(person=alice, weekly_plan=True)
        assert send_weekly_reports() == f"1 plans of {WEEK}"
        assert send_weekly_reports() == ""
    plan = Message.objects.get(letter="plan")
    assert (plan.key, plan.subject) == (f"plan:{alice.pk}:{WEEK}", f"Your week {WEEK} · 1 thing due")
    assert ("Measure" in plan.text, "Talk" in plan.text) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_a_report_costs_the_same_whatever_it_holds(space, alice, bob, count, django_assert_num_queries):
    for n in range(count):
        people.a_thesis(title=f"T{n}", author=people.person(f"S{n} X"), supervisor=bob)
        with days(-1):
            post_update(space, kind="progress", text=f"u{n}", by=alice)
    with simulated(MONDAY), django_assert_num_queries(10):
        report_for(bob, WEEK)


def test_the_preview_and_sending_it_to_oneself(as_, space, bob):
    browser = as_(bob)
    assert "As it would go now" in browser.get("/supervisor/weekly").content.decode()
    letter = browser.get("/supervisor/weekly/letter")
    assert ("Bridges under wind" in letter.content.decode(), letter["X-Frame-Options"]) == (True, "SAMEORIGIN")
    browser.post("/supervisor/weekly/sending"), browser.post("/supervisor/weekly/sending")
    assert [m.to for m in Message.objects.filter(letter="weekly")] == ["bob@example.org"] * 2


def test_who_supervises_nothing_reads_that(as_, eve):
    assert "Nothing to report" in as_(eve).get("/supervisor/weekly").content.decode()
    assert as_(eve).get("/supervisor/weekly/letter").content == b""


def test_an_administrator_sends_to_one_or_all_and_monday_sends_no_second(as_, space, ada, bob):
    with simulated(MONDAY):
        browser = as_(ada)
        browser.post("/admin/weekly/sending")
        assert (Message.objects.count(), send_weekly_reports()) == (1, "")
        browser.post(f"/admin/weekly/{bob.pk}/sending")
        page = browser.get("/admin/weekly").content.decode()
    assert (Message.objects.filter(letter="weekly").count(), WEEK in page) == (2, True)


def test_who_has_stopped_it_is_not_reached_by_an_administrators_click(as_, space, ada, bob):
    Habits.objects.create(person=bob, weekly_report=False)
    browser = as_(ada)
    answer = browser.post(f"/admin/weekly/{bob.pk}/sending")
    assert (answer.status_code, "Bob Boss has stopped Monday letters." in answer.text) == (403, True)
    browser.post("/admin/weekly/sending")
    assert (Message.objects.count(), Event.objects.filter(verb=Verb.WEEKLY_SENT, data__count=1).count()) == (0, 0)
    for page in ("/admin/weekly", f"/admin/weekly/{bob.pk}"):
        assert "Bob Boss has stopped Monday letters." in browser.get(page).text
    as_(bob).post("/supervisor/weekly/sending")  # who asks for it themselves gets it
    assert [m.to for m in Message.objects.all()] == ["bob@example.org"]


def test_who_lost_the_role_has_nothing_to_report_though_the_seat_is_kept(as_, space, ada, bob):
    bob.grants.update(revoked_at=MONDAY + dt.timedelta(days=365 * 9), revoked_by=ada)
    browser = as_(ada)
    browser.post(f"/admin/weekly/{bob.pk}/sending")
    assert "Nothing to report" in browser.get(f"/admin/weekly/{bob.pk}").text
    assert Message.objects.count() == 0


def test_who_sent_a_report_to_whom_is_kept_but_not_that_one_read_the_own(as_, space, ada, bob):
    as_(bob).post("/supervisor/weekly/sending")
    as_(ada).post(f"/admin/weekly/{bob.pk}/sending")
    (event,) = Event.objects.filter(verb=Verb.WEEKLY_SENT)
    assert (event.actor, event.data["person"], event.data["count"]) == (ada, bob.pk, 1)


def test_an_administrator_looks_at_what_a_supervisor_would_get(as_, space, ada, bob, eve):
    browser = as_(ada)
    assert f'href="/admin/weekly/{bob.pk}"' in browser.get("/admin/weekly").text
    page = browser.get(f"/admin/weekly/{bob.pk}").text
    assert "Your thesis in week" in page and "== Bridges under wind" in page
    assert "Bridges under wind" in browser.get(f"/admin/weekly/{bob.pk}/letter").text
    assert "Nothing to report" in browser.get(f"/admin/weekly/{eve.pk}").text
    assert Message.objects.count() == 0


def test_a_report_that_was_not_taken_is_not_said_to_be_sent(as_, space, ada, bob):
    browser = as_(ada)
    browser.post(f"/admin/weekly/{bob.pk}/sending")
    Message.objects.update(state="failed")
    assert "not yet" in browser.get("/admin/weekly").text


def test_nobody_else_sends_to_others(space, alice, bob):
    with pytest.raises(NotAllowed):
        send_to(bob, by=alice)
    with pytest.raises(NotAllowed):
        send_to_all(by=bob)


def test_day_and_hour_are_chosen_by_the_site(space, ada, bob):
    assert when() == "0 9 * * 1"
    change_settings(group="supervision", values={"weekly_day": "4", "weekly_hour": 16}, by=ada)
    assert when() == "0 16 * * 5"
    for moment in (MONDAY, MONDAY + dt.timedelta(days=4, hours=6, minutes=59)):
        with simulated(moment):
            clock.run_due()
    assert Message.objects.filter(letter="weekly").count() == 0
    with simulated(MONDAY + dt.timedelta(days=4, hours=7)):
        clock.run_due(), clock.run_due()
    assert Message.objects.filter(letter="weekly").count() == 1


def test_it_can_be_switched_off(space, ada):
    change_settings(group="supervision", values={"weekly_report": False}, by=ada)
    with simulated(MONDAY):
        assert send_weekly_reports() == ""
