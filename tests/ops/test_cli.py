"""What every command of ./runbook shares: ends, lines, JSON, the operations log."""

import argparse
import json

import pytest

from superviseme.ops import operations
from superviseme.ops.checks import Finding, Probe, Report, Status
from superviseme.ops.cli import main
from superviseme.ops.exits import REFUSED, Stop


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def probe(status, measured=""):
    return Probe("db.there", "2.1", "the database answers", lambda: Finding(status, measured))


def broken():
    raise RuntimeError("no such table\nmore")


@pytest.mark.parametrize(
    "statuses, code",
    [
        ([], 0),
        ([Status.OK, Status.WARNING, Status.UNKNOWN], 0),
        ([Status.OK, Status.PERSON], 4),
        ([Status.PERSON, Status.FAILED], 1),
        ([Status.FAILED, Status.REFUSED], 3),
    ],
)
def test_what_was_found_decides_how_a_command_ends(statuses, code):
    report = Report("doctor", as_json=True)
    report.ask(*(probe(status) for status in statuses))
    assert report.code == code


def test_a_probe_that_breaks_is_a_failed_check(capsys):
    report = Report("doctor")
    report.ask(Probe("db.there", "2.1", "the database answers", broken))
    assert capsys.readouterr().out == "FAILED   [2.1] db.there: the database answers: RuntimeError: no such table\n"


def test_machines_get_one_object(capsys):
    report = Report("preflight", as_json=True)
    report.ask(probe(Status.OK, "3 ms"))
    report.close(report.code)
    said = json.loads(capsys.readouterr().out)
    assert [said["command"], said["exit"], said["checks"][0]["clause"], said["checks"][0]["measured"]] == [
        "preflight",
        0,
        "2.1",
        "3 ms",
    ]


def test_a_refusal_is_an_object_too(capsys, monkeypatch):
    def refuse(chosen: argparse.Namespace, report: Report) -> int:
        raise Stop("Not now.", REFUSED)

    monkeypatch.setattr("superviseme.ops.commands.serving._build", refuse)
    assert main(["build", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["reason"] == "Not now."


def test_who_ran_what_and_how_it_ended_is_written_down(monkeypatch):
    monkeypatch.setattr("superviseme.ops.commands.serving._build", lambda chosen, report: 1)
    main(["build"])
    begun, ended = operations.entries()
    assert [begun["event"], begun["words"], begun["who"], ended["event"], ended["exit"]] == [
        "begun",
        ["build"],
        operations.who(),
        "ended",
        1,
    ]


def test_a_line_cut_off_by_a_crash_is_left_out():
    operations.write({"event": "begun"})
    with operations.log_file().open("a") as file:
        file.write('{"event": "en')
    assert [entry["event"] for entry in operations.entries()] == ["begun"]


@pytest.mark.parametrize("address", ["notaurl", "ftp://x", "https://"])
def test_an_address_that_is_none_is_wrong_usage(address, capsys):
    assert main(["smoke", "--url", address]) == 2
    assert address in capsys.readouterr().err
