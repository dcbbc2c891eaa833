"""ORCID down, slow, or answering nonsense: nothing that we have is lost, and it is asked again."""

import datetime as dt
from typing import Any

import pytest

from superviseme.accounts.models import Person
from superviseme.publications.models import OrcidSync, Publication
from superviseme.publications.orcid import client
from superviseme.publications.orcid.worker import read_due_records
from superviseme.web.time import now, simulated

from .conftest import Orcid, value, work
from .test_orcid import read_again, titles

NOT_FOUND = (404, {"response-code": 404}, {})


@pytest.mark.parametrize("section", ["works", "employments", "educations", "fundings"])
@pytest.mark.parametrize(
    "fault",
    [(500, b"oops", {}), (429, b"", {"Retry-After": "7200"}), (200, b"<html>", {}), (200, {}, {}), (200, [], {}),
     (200, {"group": None, "affiliation-group": None}, {}), (200, {"group": [{}], "affiliation-group": [{}]}, {}),
     (200, {"group": [{"work-summary": [{}], "funding-summary": ["x"]}], "affiliation-group": [{"summaries": [1]}]}, {})],
    ids=["500", "429", "no json", "no list", "another thing", "null", "empty groups", "no numbers"],
)  # fmt: skip
def test_what_we_have_survives_every_failure(section: str, fault: Any, linked: Person, orcid: Orcid) -> None:
    read_due_records()
    before = titles(linked)
    orcid.faults[section] = fault

    sync = read_again(linked)

    assert titles(linked) == before
    assert sync.due_at and sync.due_at > now() and any("problem" in told for told in sync.said.values())


def test_the_other_sections_are_read_when_one_is_broken(linked: Person, orcid: Orcid) -> None:
    orcid.faults["employments"] = (200, b"nonsense", {})

    read_due_records()

    assert sorted(Publication.objects.filter(owner=linked).values_list("section", flat=True)) == [
        "education",
        "funding",
        "work",
    ]
    orcid.faults.clear()
    with simulated(now() + dt.timedelta(hours=1)):
        read_due_records()
    assert Publication.objects.filter(owner=linked).count() == 4
    assert OrcidSync.objects.get().said["employment"]["n"] == 1


def test_a_slow_server_is_left_alone_and_asked_again_later(linked: Person, orcid: Orcid, monkeypatch: Any) -> None:
    monkeypatch.setattr(client, "WITHIN", 0.5)
    orcid.faults["works"] = "slow"

    read_due_records()

    assert orcid.paths == ["works"]
    assert OrcidSync.objects.get().due_at > now()


def test_pauses_grow_and_end(linked: Person, orcid: Orcid) -> None:
    orcid.faults["works"] = (503, b"", {})
    moment, pauses = now() + dt.timedelta(seconds=1), []
    for _ in range(12):
        with simulated(moment):
            if read_due_records() == "":
                break
            due = OrcidSync.objects.get().due_at
            if due is None:
                break
            pauses.append(due - moment)
            moment = due + dt.timedelta(seconds=1)

    assert len(pauses) == 9 and OrcidSync.objects.get().due_at is None
    assert pauses[0] < pauses[3] < pauses[6]


def test_orcid_may_say_how_long_to_stay_away(linked: Person, orcid: Orcid) -> None:
    orcid.faults["works"] = (429, b"", {"Retry-After": "7200"})
    moment = now()

    read_due_records()

    assert OrcidSync.objects.get().due_at >= moment + dt.timedelta(seconds=7200)
    assert orcid.paths == ["works"]


def test_a_record_that_is_not_there_is_not_asked_for_again(linked: Person, orcid: Orcid) -> None:
    read_due_records()
    orcid.faults[""] = NOT_FOUND

    sync = read_again(linked)

    assert (sync.due_at, len(titles(linked))) == (None, 4)
    assert "no such record" in sync.said["problem"]


def test_authors_stay_when_only_the_details_fail(linked: Person, orcid: Orcid) -> None:
    read_due_records()
    orcid.faults["works/"] = (500, b"", {})
    orcid.works[0]["title"]["title"] = value("A better title")

    read_again(linked)

    found = Publication.objects.get(owner=linked, section="work")
    assert (found.title, found.authors) == ("A better title", [{"family": "Carberry", "given": "Josiah"}])


def test_one_broken_work_does_not_hold_up_the_others(linked: Person, orcid: Orcid) -> None:
    orcid.works.append(work(5, "Whole"))
    orcid.full[1] = {"error": {"response-code": 404}}

    read_due_records()

    assert [one.authors for one in Publication.objects.filter(section="work").order_by("put_code")] == [
        [],
        [{"family": "Carberry", "given": "Josiah"}],
    ]


@pytest.mark.parametrize("when", [None, {"year": None}, {"year": {"value": "12"}}, {"year": {"value": "2020"}, "month": {"value": "13"}}, "x"])  # fmt: skip
def test_odd_dates_are_left_out(when: Any, linked: Person, orcid: Orcid) -> None:
    orcid.works = [work(1, **{"publication-date": when, "url": value("javascript:alert(1)"), "journal-title": None})]

    read_due_records()

    found = Publication.objects.get(owner=linked, section="work")
    assert (found.published in ("", "2020"), found.url, found.venue) == (True, "", "")
