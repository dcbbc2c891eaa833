"""Silence: what counts as a sign, when it is called silence, who is told and how often."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from superviseme.activity.models import Absence, Silence
from superviseme.activity.silence.actions import agree_absence, agree_rhythm, watch_silences
from superviseme.activity.silence.queries import quiet_of, with_signs
from superviseme.notifications.models import Notice
from superviseme.policy.check import NotAllowed
from superviseme.theses.states import State
from superviseme.web.time import simulated
from superviseme.workspaces.models import Member, Workspace
from superviseme.workspaces.room.actions import freeze_workspace, unfreeze_workspace
from superviseme.workspaces.todos.actions import add_todo
from superviseme.workspaces.updates.actions import comment_on, post_update
from tests import people

ROME = ZoneInfo("Europe/Rome")
BEGAN = dt.datetime(2026, 11, 3, 10, 0, tzinfo=ROME)


@pytest.fixture
def space(workspace, alice):
    """Alice wrote an update on 3 November, and nothing since."""
    Workspace.objects.filter(pk=workspace.pk).update(created_at=BEGAN - dt.timedelta(days=30))
    with simulated(BEGAN):
        post_update(workspace, kind="progress", text="First figures", by=alice)
    return workspace


def on(day, hour=8):
    """That many days after 3 November."""
    return simulated(dt.datetime.combine(BEGAN.date() + dt.timedelta(days=day), dt.time(hour), ROME))


def quiet(workspace):
    rows = with_signs(Workspace.objects.filter(pk=workspace.pk)).select_related("thesis").with_people()
    return quiet_of(rows.get())


def told():
    """[(who, verb)] in order."""
    rows = Notice.objects.filter(verb__startswith="silence.").order_by("pk")
    return [(n.recipient.name, n.verb) for n in rows.select_related("recipient")]


def every_morning(first, last):
    for day in range(first, last + 1):
        with on(day):
            watch_silences()


def test_it_is_explained_in_words(space):
    with on(14, hour=12):
        found = quiet(space)
    assert (found.is_silent, found.words) == (True, "nothing since 3 November 2026, agreed rhythm 14 days")


@pytest.mark.parametrize("day, silent", [(13, False), (14, True), (60, True)])
def test_it_begins_when_the_agreed_days_are_over(space, day, silent):
    with on(day, hour=12):
        assert quiet(space).is_silent is silent


def test_what_others_do_is_no_sign_and_neither_is_reading(as_, space, alice, bob):
    with on(10):
        add_todo(space, title="Read", by=bob, assignee=alice)
        as_(alice).get(f"/w/{space.pk}")
    with on(15):
        assert quiet(space).is_silent


@pytest.mark.parametrize("act", ["update", "comment", "todo"])
def test_what_the_student_does_ends_it(space, alice, act):
    with on(20):
        if act == "comment":
            comment_on(space.updates.get(), text="One thing more", by=alice)
        elif act == "update":
            post_update(space, kind="progress", text="More", by=alice)
        else:
            add_todo(space, title="Measure", by=alice)
        assert not quiet(space).is_silent


def test_who_writes_is_told_first_and_who_supervises_three_days_later_each_once(space):
    every_morning(10, 40)
    assert told() == [("Alice", "silence.noticed"), ("Bob", "silence.goes_on")]
    silence = Silence.objects.get()
    assert (silence.supervisor_told_at - silence.author_told_at, silence.since) == (dt.timedelta(days=3), BEGAN)


def test_a_sign_in_time_spares_the_supervisor_and_a_new_silence_is_told_anew(space, alice):
    every_morning(10, 16)
    with on(16, hour=12):
        post_update(space, kind="progress", text="Here I am", by=alice)
    every_morning(17, 40)
    assert [who for who, _verb in told()] == ["Alice", "Alice", "Bob"]


def test_running_twice_tells_once(space):
    for _ in range(2):
        with on(20):
            watch_silences()
    assert told() == [("Alice", "silence.noticed")]


def test_an_agreed_absence_pauses_it_and_the_count_begins_anew(space, bob):
    with on(5):
        agree_absence(
            space, starts_on=BEGAN.date() + dt.timedelta(days=8), ends_on=BEGAN.date() + dt.timedelta(days=25), by=bob
        )
    with on(20):
        found = quiet(space)
    assert (found.is_silent, found.words) == (False, "absent as agreed until 28 November 2026")
    with on(39):
        assert not quiet(space).is_silent
    with on(40):
        assert quiet(space).is_silent


def test_an_absence_to_come_pauses_nothing_yet(space, bob):
    with on(5):
        agree_absence(
            space, starts_on=BEGAN.date() + dt.timedelta(days=30), ends_on=BEGAN.date() + dt.timedelta(days=33), by=bob
        )
    with on(20):
        assert quiet(space).is_silent


def test_a_rhythm_of_its_own_holds_for_that_thesis(space, bob):
    with on(1):
        agree_rhythm(space, days=30, by=bob)
    with on(30):
        assert not quiet(space).is_silent
    with on(31, hour=12):
        assert (quiet(space).is_silent, quiet(space).rhythm) == (True, 30)


@pytest.mark.parametrize("rest", ["frozen", "suspended", "submitted", "completed", "deleted", "alone"])
def test_nobody_is_told_where_nothing_is_waited_for(space, thesis, bob, rest):
    if rest == "frozen":
        freeze_workspace(space, by=bob)
    elif rest == "deleted":
        Workspace.objects.filter(pk=space.pk).update(deleted_at=BEGAN, deleted_by=bob)
    elif rest == "alone":
        Member.objects.filter(workspace=space, seat="author").delete()
    else:
        type(thesis).objects.filter(pk=thesis.pk).update(state=State(rest))
    every_morning(20, 30)
    assert told() == []


def test_unfreezing_begins_the_count_anew(space, bob):
    with on(5):
        freeze_workspace(space, by=bob)
    with on(40):
        unfreeze_workspace(space, by=bob)
    with on(45):
        assert not quiet(space).is_silent
    with on(54, hour=12):
        assert quiet(space).is_silent


def test_only_who_supervises_agrees(space, alice, carol):
    day = BEGAN.date()
    for who in (alice, carol):
        with pytest.raises(NotAllowed):
            agree_absence(space, starts_on=day, ends_on=day, by=who)
        with pytest.raises(NotAllowed):
            agree_rhythm(space, days=90, by=who)


def test_agreeing_by_the_page_and_taking_it_back(as_, space, bob):
    browser, page = as_(bob), f"/w/{space.pk}/rhythm"
    assert browser.post(page, {"days": "21"}).status_code == 302
    sent = {"starts_on": "2026-12-24", "ends_on": "2027-01-06", "why": "Holidays"}
    assert browser.post(f"/w/{space.pk}/absences", sent).status_code == 302
    browser.post(f"/w/{space.pk}/absences", sent)
    absence = Absence.objects.get()
    shown = browser.get(page).content.decode()
    assert ("24 December 2026 to 6 January 2027" in shown, "agreed by Bob Boss" in shown) == (True, True)
    browser.post(f"/w/{space.pk}/absences/{absence.pk}/deletion")
    assert (Absence.objects.count(), space.rhythm.days) == (0, 21)
    history = browser.get(f"/w/{space.pk}/history").content.decode()
    assert "agreed on an absence in" in history


@pytest.mark.parametrize(
    "sent",
    [
        {"starts_on": "2026-12-24", "ends_on": "2026-12-23"},
        {"starts_on": "2026-12-24", "ends_on": "2028-12-23"},
        {"starts_on": "", "ends_on": "x"},
    ],
)
def test_days_that_make_no_absence_are_refused(as_, space, bob, sent):
    assert (as_(bob).post(f"/w/{space.pk}/absences", sent).status_code, Absence.objects.count()) == (422, 0)


@pytest.mark.parametrize("days", ["0", "1", "181", "x", ""])
def test_a_rhythm_out_of_reason_is_refused(as_, space, bob, days):
    assert as_(bob).post(f"/w/{space.pk}/rhythm", {"days": days}).status_code == 422


def test_a_project_has_no_such_page(as_, project, rita):
    assert as_(rita).get(f"/w/{project.workspace_id}/rhythm").status_code == 404


def test_the_overview_and_the_lists_say_it(as_, space, alice, bob):
    with on(20):
        words = "nothing since 3 November 2026, agreed rhythm 14 days"
        assert words in as_(alice).get(f"/w/{space.pk}").content.decode()
        for page in ("/supervisor/dashboard", "/supervisor/students"):
            assert words in as_(bob).get(page).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_morning_costs_the_same_whatever_the_number_of_theses(space, bob, count, django_assert_num_queries):
    for n in range(count):
        people.a_thesis(title=f"T{n}", author=people.person(f"S{n} X"), supervisor=bob)
    with on(1), django_assert_num_queries(2):
        watch_silences()
