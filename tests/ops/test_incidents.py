"""Incidents: pages begun from the operations log, each with the four fields of the runbook (5.5)."""

import pytest

from superviseme.ops import incidents, operations
from superviseme.ops.cli import main


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


def field(page, name):
    return next(line.partition(": ")[2] for line in page.read_text().splitlines() if line.startswith(f"- {name}"))


def test_what_the_last_failed_deploy_said_is_filled_in():
    facts = {"tried": "1.2.0-abc", "release": "1.1.0-good"}  # as a deploy says that has put the other one back
    operations.write({"command": "deploy", "exit": 1, "reason": "Smoke is red.", "failed": ["x: 500"], "facts": facts})
    operations.write({"command": "deploy", "exit": 3, "reason": "There is no release nope.", "facts": {}})
    page = incidents.write(incidents.Incident(owner="Ada"))
    assert [field(page, name) for name in ("Failed version", "Symptom", "Rollback time", "Follow-up owner")] == [
        "1.2.0-abc",
        "Smoke is red.; x: 500",
        operations.entries()[0]["at"],
        "Ada",
    ]


def test_a_deploy_that_ended_before_the_switch_names_its_release_and_no_rollback():
    operations.write({"command": "rollback", "exit": 0, "facts": {"release": "1.0.0-older"}})
    operations.write({"command": "deploy", "exit": 1, "reason": "", "facts": {"tried": "1.2.0-abc"}})
    page = incidents.write(incidents.Incident())
    assert (field(page, "Failed version"), field(page, "Rollback time")) == ("1.2.0-abc", "not rolled back")


def test_a_rollback_by_hand_after_it_is_the_one():
    operations.write({"command": "deploy", "exit": 4, "facts": {"tried": "1.2.0-abc"}})
    operations.write({"command": "rollback", "exit": 0})
    assert field(incidents.write(incidents.Incident()), "Rollback time") == operations.entries()[1]["at"]


def test_the_timeline_names_who_did_what_to_the_second():
    with operations.logged("deploy", []) as entry:
        entry["exit"] = 1
    page = incidents.write(incidents.Incident())
    at = operations.entries()[0]["at"][:19]
    assert f"- {at} deploy begun by {operations.who()}" in page.read_text().splitlines()


def test_one_without_an_owner_needs_a_person_until_it_has_one(capsys):
    assert main(["incident"]) == 4
    name = incidents.pages()[0].name
    assert [main(["incident", "--list"]), main(["incident", "--of", name, "--owner", "Ada\nLovelace"])] == [4, 0]
    assert [incidents.owner_of(incidents.pages()[0]), incidents.unowned(), main(["incident", "--list"])] == [
        "Ada Lovelace",
        [],
        0,
    ]


def test_two_in_one_second_are_two_pages():
    assert len({incidents.write(incidents.Incident()) for _ in range(3)}) == 3


@pytest.mark.parametrize("words", [["--of", "nothing.md", "--owner", "Ada"], ["--of", "../../etc/passwd"]])
def test_a_page_that_is_not_there_is_wrong_usage(words):
    assert main(["incident", *words]) == 2


def test_a_page_is_given_away_only_to_somebody():
    name = incidents.write(incidents.Incident()).name
    assert main(["incident", "--of", name]) == 2
