"""Maintenance: a file closes the site to all but operators, at once, with or without a database."""

import json
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from superviseme.ops import operations
from superviseme.ops.cli import main
from superviseme.ops.maintenance import door, flag, state
from superviseme.web.time import now, simulated

from .test_serve import ROOT, migrated, runbook, site

__all__ = ["migrated", "site"]  # fixtures


@pytest.fixture(autouse=True)
def data(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def closed(data):
    return flag.put(reason="a new disk", by="ada@host")[0]


def test_people_are_told_when_to_come_back(as_, closed):
    answer = as_(None).get("/theses")
    assert (answer.status_code, 3500 < int(answer["Retry-After"]) <= 3600) == (503, True)
    assert "Closed for maintenance" in answer.content.decode()


def test_nothing_is_written_meanwhile(as_, alice, workspace, closed, django_assert_num_queries):
    browser = as_(alice)
    with django_assert_num_queries(0):
        answer = browser.post(f"/w/{workspace.pk}/todos", {"title": "x"})
    assert answer.status_code == 503


def test_it_closes_without_a_database(as_, closed):
    def gone(*args, **kwargs):
        raise OperationalError("gone")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        answers = [as_(None).get(path).status_code for path in ("/", "/login", "/health/live")]
    assert answers == [503, 503, 200]


@pytest.mark.parametrize("path", ["/health", "/health/ready"])
def test_health_says_why(as_, closed, path):
    answer = as_(None).get(path)
    assert (answer.status_code, answer.json()["reason"]) == (503, "maintenance")


def test_the_link_lets_an_operator_in_and_says_how_it_stands(as_, ada, closed):
    browser = as_(ada)
    way_in = browser.get(door.link(closed).partition("localhost:8080")[2])
    page = browser.get("/admin/outbox").content.decode()
    assert (way_in.status_code, way_in["Location"]) == (302, "/")
    assert ("The site is closed to everybody else" in page, "a new disk" in page, "forgotten" in page) == (
        True,
        True,
        False,
    )


def test_after_half_an_hour_it_asks_whether_it_was_forgotten(as_, ada, closed):
    browser = as_(ada)
    with simulated(now() + timedelta(minutes=31)):
        page = browser.get("/admin/outbox", headers={door.HEADER: door.passing(closed)}).content.decode()
    assert "has it been forgotten" in page


def test_a_program_gets_in_by_a_header(as_, closed):
    heads = {door.HEADER: door.passing(closed)}
    assert [as_(None).get(path, headers=heads).status_code for path in ("/theses", "/health")] == [200, 200]


@pytest.mark.parametrize("given", ["", "anything", "1.2.3"])
def test_a_wrong_pass_opens_nothing(as_, closed, given):
    browser = as_(None)
    browser.cookies[door.cookie()] = given
    assert {
        browser.get("/theses").status_code,
        browser.get("/theses", headers={door.HEADER: given}).status_code,
        browser.get(f"{door.WAY_IN}{given}").status_code,
    } == {503}


def test_a_pass_is_good_for_one_maintenance(as_, closed):
    old = door.passing(closed)
    flag.take_away()
    flag.put(reason="", by="ada@host")
    assert as_(None).get("/theses", headers={door.HEADER: old}).status_code == 503


def test_a_flag_that_cannot_be_read_closes_too(as_, data):
    (data / flag.NAME).write_text("{half")
    assert as_(None).get("/theses").status_code == 503
    assert as_(None).get("/theses", headers={door.HEADER: door.passing(state())}).status_code == 503


def test_on_status_off(db, capsys):  # opening asks it whether letters are held
    ends = [main(["maintenance", *words, "--json"]) for words in (["on", "--reason", "disk"], ["status"], ["on"])]
    on, status, again = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (ends, on["link"].startswith("http"), status["reason"], again["since"]) == (
        [0, 0, 0],
        True,
        "disk",
        on["since"],
    )
    assert (main(["maintenance", "off", "--force"]), state()) == (0, None)
    assert on["pass"] not in operations.log_file().read_text()


def test_it_does_not_open_while_the_smoke_test_fails(closed, settings):
    settings.BASE_URL = "http://127.0.0.1:9"
    assert (main(["maintenance", "off"]), state()) == (3, closed)


def test_the_scheduler_pauses_and_goes_on(site, migrated):
    site |= {"DATA_DIR": migrated, "ENABLE_SCHEDULER": "true"}
    command = [sys.executable, str(ROOT / "runbook"), "serve", "scheduler"]
    process = subprocess.Popen(command, env=site, stderr=subprocess.PIPE, text=True)
    try:
        _until(process, "leads now")
        assert runbook(site, "maintenance", "on").returncode == 0
        _until(process, "nothing runs")
        assert runbook(site, "maintenance", "off", "--force").returncode == 0
        _until(process, "leads now")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0
    finally:
        process.kill()


def _until(process, words):
    assert any(words in line for line in process.stderr), words
