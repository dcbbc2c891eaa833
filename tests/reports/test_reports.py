"""Reports count what there is: the whole site for administrators, their own part for supervisors."""

import csv
import datetime as dt
import io
import json

import pytest

from superviseme.activity.silence.actions import agree_absence, agree_rhythm
from superviseme.events.models import Event
from superviseme.ops.settings.actions import change_settings
from superviseme.policy.roles import Role
from superviseme.reports.scope import Scope
from superviseme.reports.table import REPORTS
from superviseme.site.values import setting
from superviseme.theses.models import Interest, StateChange, Topic
from superviseme.theses.states import State
from superviseme.web.sheets import FORMATS
from superviseme.web.time import now, today
from superviseme.workspaces.models import Comment, Milestone, Update, Workspace
from tests import people
from tests.payloads import FORMULAS

DAY = dt.timedelta(days=1)


@pytest.fixture
def otto(db):
    return people.person("Otto Other", Role.SUPERVISOR)


@pytest.fixture
def four(alice, mallory, carol, bob, otto):
    """Bob: in progress, writing, completed. Otto: in progress."""
    return [
        people.a_thesis(title=f"No. {n}", state=state, author=author, supervisor=lead)
        for n, (author, lead, state) in enumerate(
            [
                (alice, bob, State.IN_PROGRESS),
                (mallory, bob, State.WRITING),
                (carol, bob, State.COMPLETED),
                (alice, otto, State.IN_PROGRESS),
            ]
        )
    ]


def rows(key, of=None, level=""):
    return REPORTS[key].make(Scope(of=of, level=level)).rows


def test_theses_are_counted_by_state_and_level(four, bob):
    assert {r[0]: r[1] for r in rows("states") if r[1]} == {"In progress": 2, "Writing": 1, "Completed": 1}
    assert {r[0]: r[1:] for r in rows("states", bob) if r[1]} == {
        "In progress": (1, 33),
        "Writing": (1, 33),
        "Completed": (1, 33),
    }
    assert {r[0]: r[1] for r in rows("levels")} == {"Bachelor": 0, "Master": 4, "Doctorate": 0, "Other": 0}
    assert rows("load", level="bachelor")[0][1] == 0


def test_deleted_theses_do_not_count(four, bob):
    Workspace.objects.filter(title="No. 3").update(deleted_at=now(), deleted_by=bob)
    assert {r[0]: r[1] for r in rows("states") if r[1]}["In progress"] == 1


def test_load_is_set_against_the_limit_of_the_site(four, ada):
    assert rows("load") == [("Bob Boss", 2, 1), ("Otto Other", 1, 0)]
    change_settings(group="supervision", values={"supervisor_cap": 1}, by=ada)
    assert rows("load") == [("Bob Boss", 2, 1, 1, 1), ("Otto Other", 1, 0, 1, 0)]


def test_the_load_is_the_number_of_rows_of_the_list_it_leads_to(as_, ada, four):
    Workspace.objects.filter(title="No. 0").update(frozen_at=now(), frozen_by=ada)
    table = REPORTS["load"].make(Scope())
    for row, link in zip(table.rows, table.links, strict=True):
        assert (row[0], row[1]) == (row[0], as_(ada).get(link).text.count('name="chosen"'))


def test_time_in_a_state_is_that_of_stays_that_ended(four):
    thesis, since = four[1], now() - 10 * DAY
    for days, target in ((0, "accepted"), (4, "in_progress"), (10, "writing")):
        StateChange.objects.create(thesis=thesis, target=target, at=since + days * DAY)
    type(thesis).objects.filter(pk=thesis.pk).update(state_since=now() - 3 * DAY)
    found = {r[0]: r[1:] for r in rows("times")}
    assert found["Accepted"] == (1, 4.0, 4.0, 4.0, 0, None)
    assert found["In progress"][:4] == (1, 6.0, 6.0, 6.0)
    assert found["Writing"] == (0, None, None, None, 1, 3.0)


def an_update(thesis, author, ago, answered_after=None, by=None):
    update = Update.objects.create(workspace=thesis.workspace, created_by=author, text="x")
    Update.objects.filter(pk=update.pk).update(created_at=now() - ago)
    if answered_after is not None:
        comment = Comment.objects.create(workspace=thesis.workspace, update=update, created_by=by, text="y")
        Comment.objects.filter(pk=comment.pk).update(created_at=now() - ago + answered_after)


def test_answers_are_those_of_supervisors_to_students(four, alice, bob, otto, carol):
    an_update(four[0], alice, 30 * DAY, 2 * DAY, bob)
    an_update(four[0], alice, 20 * DAY, 10 * DAY, bob)
    an_update(four[0], alice, 20 * DAY, DAY, alice)  # an answer to oneself is none
    an_update(four[0], bob, 20 * DAY)  # of the supervisor
    an_update(four[0], alice, 200 * DAY)  # long ago
    assert rows("answers") == [("Bob Boss", 3, 2, 1, 6.0, 33)]
    assert rows("answers", otto) == []


def test_an_update_that_may_still_be_answered_within_a_week_is_not_held_against_anybody(four, alice, bob, mallory):
    an_update(four[0], alice, 6 * DAY)
    assert rows("answers") == [("Bob Boss", 1, 0, 1, None, None)]
    an_update(four[1], mallory, 6 * DAY, DAY, bob)
    an_update(four[1], mallory, 8 * DAY)
    assert rows("answers") == [("Bob Boss", 3, 1, 2, 1.0, 50)]


def did(thesis, author, ago):
    Event.objects.create(
        at=now() - ago,
        verb="update.posted",
        actor=author,
        workspace_number=thesis.workspace_id,
        thing="workspaces.update",
    )


def test_silent_is_who_did_nothing_for_as_many_days_as_the_site_says(four, alice, mallory, ada, bob):
    Workspace.objects.update(created_at=now() - 100 * DAY)
    did(four[0], alice, 20 * DAY)
    did(four[1], mallory, 3 * DAY)
    did(four[3], bob, DAY)  # not of the student
    assert [(r[0], r[1], r[4]) for r in rows("silent")] == [
        ("Alice Author", "No. 3", 100),
        ("Alice Author", "No. 0", 20),
    ]
    change_settings(group="supervision", values={"silence_days": 30}, by=ada)
    assert [r[1] for r in rows("silent")] == ["No. 3"]
    assert rows("silent", bob) == []


def test_silent_keeps_to_what_is_agreed_and_knows_who_never_began(four, ada, bob):
    Workspace.objects.update(created_at=now() - 100 * DAY)
    agree_rhythm(four[0].workspace, days=60, by=ada)
    agree_absence(four[1].workspace, starts_on=today(), ends_on=today(), why="", by=ada)
    assert [(r[1], r[3], r[5]) for r in rows("silent")] == [("No. 3", None, setting("silence_days"))]


def test_deadlines_are_milestones_hand_ins_and_defences(four, alice):
    day = today()
    for n, (title, days) in enumerate([("Draft", 5), ("Late", -3), ("Far", 90)]):
        Milestone.objects.create(
            workspace=four[0].workspace, created_by=alice, number=n, title=title, due_on=day + days * DAY
        )
    type(four[1]).objects.filter(pk=four[1].pk).update(submit_by=day + 10 * DAY)
    assert [(r[0], r[2], r[4]) for r in rows("deadlines")] == [
        ("No. 0", "Late", -3),
        ("No. 0", "Draft", 5),
        ("No. 1", "Hand-in", 10),
    ]


def test_requests_are_counted_for_each_topic(bob, otto, alice, mallory):
    kites = Topic.objects.create(title="Kites", state="open", publisher=bob, capacity=2)
    Topic.objects.create(title="Boats", state="open", publisher=otto)
    Interest.objects.create(topic=kites, student=alice)
    Interest.objects.create(topic=kites, student=mallory, state="declined")
    assert rows("topics") == [("Kites", "Open", 2, 0, 2, 1, 0, 1, 0), ("Boats", "Open", 1, 0, 0, 0, 0, 0, 0)]
    assert [r[0] for r in rows("topics", otto)] == ["Boats"]


@pytest.mark.parametrize("key", REPORTS)
@pytest.mark.parametrize("kind", FORMATS)
def test_every_report_can_be_taken_along_and_the_audit_says_so(as_, ada, four, key, kind):
    answer = as_(ada).post(f"/admin/reports/{key}/export", {"kind": kind})
    data = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{key}-')
    if kind == "json":
        assert len(json.loads(data)) == len(rows(key))
    assert Event.objects.get(verb="data.exported").title == f"report {key}"


@pytest.mark.parametrize("key", ["load", "silent", "deadlines", "topics"])
def test_hostile_names_are_text_in_every_export(as_, ada, key):
    student = people.person("Hostile Student", Role.STUDENT)
    for n, words in enumerate(payload.replace("\x00", "") for payload in FORMULAS):
        lead = people.person(f"P{n} X", Role.SUPERVISOR)
        type(lead).objects.filter(pk=lead.pk).update(name=words, surname=words)
        thesis = people.a_thesis(title=words, author=student, supervisor=lead)
        Milestone.objects.create(workspace=thesis.workspace, created_by=lead, number=1, title=words, due_on=today())
        Topic.objects.create(title=words, publisher=lead, state="open")
    Workspace.objects.update(created_at=now() - 100 * DAY)
    text = b"".join(as_(ada).post(f"/admin/reports/{key}/export", {"kind": "csv"}).streaming_content).decode(
        "utf-8-sig"
    )
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    live = [c for c in cells if c.strip(" \t\r\n\u3000\xa0'\"").startswith(tuple("=+@＝＋－＠|%")) and c[:1] != "'"]  # noqa: RUF001 - wide signs
    assert len(cells) > 80 and live == []


@pytest.mark.parametrize("key", REPORTS)
def test_supervisors_see_their_own_part_only(as_, bob, otto, alice, four, key):
    assert as_(bob).get(f"/admin/reports/{key}").status_code == 403
    assert as_(alice).get(f"/supervisor/reports/{key}").status_code == 403
    page = as_(bob).get(f"/supervisor/reports/{key}").text
    assert "No. 3" not in page and "Otto" not in page


@pytest.mark.parametrize("address", ["/admin/reports/nonsense", "/admin/reports/load/export"])
def test_what_is_no_report_or_format_does_not_exist(as_, ada, address):
    browser = as_(ada)
    assert (browser.post(address, {"kind": "exe"}) if "export" in address else browser.get(address)).status_code == 404


@pytest.mark.parametrize("key", REPORTS)
def test_a_report_costs_the_same_whatever_it_holds(as_, ada, bob, alice, key, django_assert_max_num_queries):
    for n in range(3):
        people.a_thesis(title=f"T{n}", author=alice, supervisor=bob)
    Workspace.objects.update(created_at=now() - 100 * DAY)
    browser = as_(ada)
    browser.get(f"/admin/reports/{key}")
    with django_assert_max_num_queries(12):
        browser.get(f"/admin/reports/{key}")


def test_the_number_of_days_is_said_on_the_page(as_, ada):
    assert (
        f"Where nothing else is agreed, that means {setting('silence_days')} days."
        in as_(ada).get("/admin/reports/silent").text
    )
