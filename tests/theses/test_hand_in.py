"""From the file that is handed in to the grade that is recorded."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from superviseme.outbox.models import Message
from superviseme.theses.evaluation.queries import fingerprint
from superviseme.theses.evaluation.words import late_words
from superviseme.theses.models import Evaluation, Submission
from superviseme.theses.states import State
from superviseme.web.time import simulated
from superviseme.workspaces.models import Document, FileVersion
from tests import people


@pytest.fixture
def version(thesis: Any, alice: Any) -> FileVersion:
    return a_version(thesis, alice)


def a_version(thesis: Any, by: Any, number: int = 1) -> FileVersion:
    document = Document.objects.create(
        workspace=thesis.workspace, number=number, kind="file", title="My thesis", created_by=by
    )
    return FileVersion.objects.create(
        document=document,
        number=1,
        sha256="ab" * 32,
        size=2048,
        content_type="application/pdf",
        filename="thesis.pdf",
        uploaded_by=by,
    )


def hand_in(browser: Any, thesis: Any, version: Any, **changes: Any) -> Any:
    data = {"version": getattr(version, "pk", version), "declaration": "I wrote it myself.", "sign": "on", **changes}
    return browser.post(f"/w/{thesis.workspace_id}/hand-in", data)


def submitted(thesis: Any) -> Any:
    type(thesis).objects.filter(pk=thesis.pk).update(state=State.SUBMITTED)
    return thesis


def test_the_author_hands_in_and_gets_a_receipt(as_: Any, thesis: Any, version: Any, alice: Any, told: Any) -> None:
    answer = hand_in(as_(alice), thesis, version)

    submission = Submission.objects.get()
    thesis.refresh_from_db()
    version.refresh_from_db()
    letter = Message.objects.get()
    assert answer.status_code == 302
    assert thesis.state == State.SUBMITTED
    assert version.locked_at is not None
    assert submission.declaration == "I wrote it myself."
    assert (letter.to, submission.receipt in letter.subject) == (alice.email, True)
    assert "ab" * 32 in letter.text
    assert told("thesis.submitted") == ["Bob", "Carol", "Eve"]


def test_an_examiner_sees_what_was_handed_in(as_: Any, thesis: Any, version: Any, alice: Any, eve: Any) -> None:
    hand_in(as_(alice), thesis, version)

    page = as_(eve).get(f"/w/{thesis.workspace_id}/hand-in").content.decode()

    assert Submission.objects.get().receipt in page
    assert "thesis.pdf" in page


def test_only_the_author_hands_in(
    as_: Any, thesis: Any, version: Any, bob: Any, carol: Any, ada: Any, mallory: Any
) -> None:
    seen = [hand_in(as_(who), thesis, version).status_code for who in (None, bob, carol, ada, mallory)]

    assert seen == [302, 403, 403, 403, 404]


def test_a_double_submit_is_one_hand_in(as_: Any, thesis: Any, version: Any, alice: Any) -> None:
    seen = [hand_in(as_(alice), thesis, version).status_code for _twice in range(2)]

    assert seen == [302, 302]
    assert (Submission.objects.count(), Message.objects.count()) == (1, 1)


def test_a_file_of_another_workspace_cannot_be_handed_in(as_: Any, thesis: Any, alice: Any, bob: Any) -> None:
    other = people.a_thesis(author=alice, supervisor=bob)
    a_version(thesis, alice)

    assert hand_in(as_(alice), thesis, a_version(other, alice)).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"sign": ""},
        {"declaration": " "},
        {"version": ""},
        {"version": "9" * 30},
        {"declaration": "x" * 5001},
        {"version": "\x00"},
    ],
)
def test_what_is_missing_comes_back_with_the_form(
    as_: Any, thesis: Any, version: Any, alice: Any, wrong: dict[str, str]
) -> None:
    answer = hand_in(as_(alice), thesis, wrong.pop("version", version), **wrong)

    assert answer.status_code == 422
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("state", ["proposed", "accepted", "suspended", "withdrawn", "defended", "completed"])
def test_a_thesis_that_is_not_at_work_cannot_be_handed_in(
    as_: Any, thesis: Any, version: Any, alice: Any, state: str
) -> None:
    type(thesis).objects.update(state=state)

    assert hand_in(as_(alice), thesis, version).status_code == 403


def test_a_frozen_thesis_cannot_be_handed_in(as_: Any, thesis: Any, version: Any, alice: Any, bob: Any) -> None:
    as_(bob).post(f"/w/{thesis.workspace_id}/freeze")

    assert hand_in(as_(alice), thesis, version).status_code == 403


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC), 0),
        (datetime(2027, 3, 1, 23, 0, 0, tzinfo=UTC), 0),
        (datetime(2027, 3, 1, 23, 0, 5, tzinfo=UTC), 5),
        (datetime(2027, 3, 3, 1, 0, 0, tzinfo=UTC), 93_600),
    ],
)
def test_late_counts_from_the_end_of_the_day_in_the_sites_zone(
    as_: Any, thesis: Any, version: Any, alice: Any, settings: Any, moment: datetime, late: int
) -> None:
    settings.SITE_TIME_ZONE = "Europe/Rome"  # midnight is 23:00 UTC in March
    type(thesis).objects.update(submit_by="2027-03-01")
    browser = as_(alice)

    with simulated(moment):
        hand_in(browser, thesis, version)

    assert Submission.objects.get().late_seconds == late


def test_late_is_said_in_words() -> None:
    assert [late_words(s) for s in (0, 5, 3700, 93_600)] == ["", "1 minute late", "1 hour late", "1 day late (and 2 h)"]


def test_a_reopened_thesis_is_handed_in_again(as_: Any, thesis: Any, version: Any, alice: Any, bob: Any) -> None:
    hand_in(as_(alice), thesis, version)
    as_(bob).post(f"/w/{thesis.workspace_id}/state", {"target": "in_review"})

    hand_in(as_(alice), thesis, version)

    assert Submission.objects.count() == 2


def test_the_supervisor_sets_the_defence(as_: Any, thesis: Any, bob: Any, eve: Any, told: Any) -> None:
    address, data = (
        f"/w/{thesis.workspace_id}/hand-in/defence",
        {"at": "2027-04-01T10:00", "place": "Room 5", "seen": fingerprint(thesis)},
    )

    assert as_(eve).post(address, data).status_code == 403
    assert as_(bob).post(address, data).status_code == 302
    assert as_(bob).post(address, {"at": "0000-01-01T10:00"}).status_code == 422
    thesis.refresh_from_db()
    assert thesis.defence_place == "Room 5"
    assert told("thesis.defence_planned") == ["Alice", "Carol", "Eve"]


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("carol", 403), ("bob", 302), ("eve", 302), ("ada", 302)])
def test_who_records_the_outcome(as_: Any, request: Any, thesis: Any, ada: Any, who: str, status: int) -> None:
    browser = as_(request.getfixturevalue(who))

    answer = browser.post(
        f"/w/{submitted(thesis).workspace_id}/hand-in/outcome", {"outcome": "passed", "seen": fingerprint(thesis)}
    )

    thesis.refresh_from_db()
    assert answer.status_code == status
    assert thesis.state == (State.DEFENDED if status == 302 else State.SUBMITTED)


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("carol", 403), ("bob", 302), ("eve", 302), ("ada", 403)])
def test_who_records_the_grade(as_: Any, request: Any, thesis: Any, ada: Any, who: str, status: int) -> None:
    browser = as_(request.getfixturevalue(who))
    form = {"grade": "28,5", "out_of": "30", "seen": fingerprint(thesis)}

    answer = browser.post(f"/w/{submitted(thesis).workspace_id}/hand-in/grade", form)

    assert answer.status_code == status


def test_the_author_reads_reports_and_grade_once_it_is_recorded(
    as_: Any, thesis: Any, alice: Any, bob: Any, eve: Any
) -> None:
    address = f"/w/{submitted(thesis).workspace_id}/hand-in"
    as_(eve).post(f"{address}/evaluation", {"report": "A careful study.", "grade": "29", "out_of": "30"})

    before = as_(alice).get(address).content.decode()
    as_(bob).post(f"{address}/grade", {"grade": "28", "out_of": "30", "seen": fingerprint(thesis)})
    after = as_(alice).get(address).content.decode()

    assert "A careful study." not in before
    assert "A careful study." in after
    assert "28 / 30" in after
    assert "A careful study." in as_(bob).get(address).content.decode()


def test_everybody_writes_the_own_report_only(as_: Any, thesis: Any, bob: Any, eve: Any) -> None:
    address = f"/w/{submitted(thesis).workspace_id}/hand-in/evaluation"
    as_(eve).post(address, {"report": "Of Eve"})

    as_(bob).post(address, {"report": "Of Bob"})

    assert {e.person.name: e.report for e in Evaluation.objects.all()} == {"Eve": "Of Eve", "Bob": "Of Bob"}


def test_a_stale_report_is_409_and_keeps_both_texts(as_: Any, thesis: Any, eve: Any) -> None:
    address = f"/w/{submitted(thesis).workspace_id}/hand-in/evaluation"
    as_(eve).post(address, {"report": "first"})
    as_(eve).post(address, {"report": "second", "version": "1"})

    answer = as_(eve).post(address, {"report": "third", "version": "1"})

    assert answer.status_code == 409
    assert "second" in answer.content.decode()
    assert "third" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"grade": "31", "out_of": "30"},
        {"grade": "-1", "out_of": "30"},
        {"grade": "x", "out_of": "30"},
        {"grade": "NaN", "out_of": "30"},
        {"grade": "1", "out_of": "0"},
        {"grade": "1e400", "out_of": "30"},
        {},
    ],
)
def test_a_grade_that_cannot_be_comes_back(as_: Any, thesis: Any, bob: Any, wrong: dict[str, str]) -> None:
    answer = as_(bob).post(f"/w/{submitted(thesis).workspace_id}/hand-in/grade", wrong)

    assert answer.status_code == 422


def test_a_grade_changed_by_another_meanwhile_is_409(as_: Any, thesis: Any, bob: Any, eve: Any) -> None:
    address = f"/w/{submitted(thesis).workspace_id}/hand-in"
    seen = re.search(r'name="seen" value="(\w+)"', as_(bob).get(address).content.decode())[1]
    as_(eve).post(f"{address}/grade", {"grade": "20", "out_of": "30", "seen": seen})

    answer = as_(bob).post(f"{address}/grade", {"grade": "27", "out_of": "30", "seen": seen})

    thesis.refresh_from_db()
    assert answer.status_code == 409
    assert 'value="27"' in answer.content.decode()
    assert thesis.grade == 20


def test_who_judges_hears_of_a_report(as_: Any, thesis: Any, bob: Any, told: Any) -> None:
    as_(bob).post(f"/w/{submitted(thesis).workspace_id}/hand-in/evaluation", {"report": "Good."})

    assert told("thesis.evaluated") == ["Eve"]


def test_nothing_is_graded_before_it_is_handed_in(as_: Any, thesis: Any, bob: Any) -> None:
    form = {"grade": "28", "out_of": "30", "seen": fingerprint(thesis)}

    answer = as_(bob).post(f"/w/{thesis.workspace_id}/hand-in/grade", form)

    assert answer.status_code == 403
    assert "once the thesis is handed in" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    as_: Any, thesis: Any, alice: Any, eve: Any, django_assert_max_num_queries: Any, count: int
) -> None:
    submitted(thesis)
    for number in range(count):
        version = a_version(thesis, alice, number + 1)
        Submission.objects.create(
            thesis=thesis, version=version, declaration="x", submitted_by=alice, receipt=f"R{number}"
        )
    browser = as_(eve)

    with django_assert_max_num_queries(12):
        browser.get(f"/w/{thesis.workspace_id}/hand-in")
