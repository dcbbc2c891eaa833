"""The doctor finds each seeded fault by its id, and nothing on a healthy site."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from superviseme.events.actions import seal_new_events
from superviseme.ops import doctor, instances, lease
from superviseme.ops.absent import look_without_making_one
from superviseme.ops.checks import Finding, Probe, Report, Status
from superviseme.ops.cli import main
from superviseme.places import ROOT
from superviseme.web.time import now

from .backup.folders import a_folder
from .faults import FAULTS, ON_POSTGRESQL


@pytest.fixture
def site(db, settings, tmp_path, monkeypatch):
    """An empty demonstration site."""
    settings.SITE_MODE, settings.DATA_DIR, settings.FILES_DIR = "demo", tmp_path / "data", tmp_path / "data" / "files"
    settings.STATIC_IS_BUILT, settings.BACKUP_DIR = True, tmp_path / "data" / "backups"
    monkeypatch.setenv("DATA_DIR", str(settings.DATA_DIR))
    settings.DATA_DIR.mkdir(mode=0o755)
    settings.FILES_DIR.mkdir()
    return settings


@pytest.fixture
def healthy(site):
    """The demonstration site after the scheduler's first tick, which leads."""
    call_command("seed_demo")
    seal_new_events()
    a_folder(now(), deep=True)
    lease.take(lease.NAME, "lab:1")
    instances.beat("lab:1", epoch=1)
    return site


def findings(prefix=""):
    """{id: check} of what is not well. A server tuned for tests loses what was acknowledged; that is meant."""
    report = Report("doctor", as_json=True)
    doctor.examine(report, doctor.wanted(prefix))
    tuned = {"db.durable"} if connection.vendor == "postgresql" else set()
    return {check.id: check for check in report.checks if check.status != Status.OK and check.id not in tuned}


class Undone(Exception):
    pass


@contextmanager
def for_a_moment(settings):
    """Whatever the block does to rows, files and settings is undone."""
    kept = settings.DATA_DIR.parent / "kept"
    shutil.copytree(settings.DATA_DIR, kept)
    said = {name: getattr(settings, name) for name in SAID}
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass
    finally:
        shutil.rmtree(settings.DATA_DIR)
        kept.rename(settings.DATA_DIR)
        settings.DATA_DIR.chmod(0o755)
        for name, value in said.items():
            setattr(settings, name, value)


SAID = (
    "SITE_MODE BASE_URL ALLOWED_HOSTS MAIL_SERVER DEFAULT_FROM_EMAIL SECURITY_CONTACT DEBUG ADMIN_BOOTSTRAP_PASSWORD"
    " STATIC_IS_BUILT RELEASES_DIR BACKUP_KEEP"
).split()


def test_every_seeded_fault_is_found_by_its_id_and_a_healthy_site_has_none(healthy):
    """One test, because telling the story takes seconds."""
    assert findings() == {}
    faults = FAULTS | (ON_POSTGRESQL if connection.vendor == "postgresql" else {})
    unseen = []
    for id_, fault in faults.items():
        with for_a_moment(healthy):
            fault()
            if id_ not in findings(id_):
                unseen.append(id_)
    print(f"{len(faults)} faults seeded, {len(faults) - len(unseen)} found")
    assert (unseen, len(faults) >= 40) == ([], True)
    assert findings() == {}


def test_every_check_says_cause_and_fix_and_has_an_id_of_its_own():
    probes = doctor.wanted()
    incomplete = [p.id for p in probes if not (p.expected and p.cause and (p.fix or p.id.endswith("_private")))]
    assert (incomplete, len({p.id for p in probes}), len(probes) >= 40) == ([], len(probes), True)


def test_only_what_needs_no_rows_is_asked_while_the_database_is_behind(site):
    with for_a_moment(site):
        FAULTS["db.migrations"]()
        report = Report("doctor", as_json=True)
        doctor.examine(report, doctor.wanted())
    assert {check.id for check in report.checks if not check.id.startswith(("config.", "disk."))} == set(doctor.FIRST)


def test_a_database_in_memory_is_one_that_is_there(db):
    name = connection.settings_dict["NAME"]
    look_without_making_one(Report("doctor", as_json=True))
    assert connection.settings_dict["NAME"] == name  # new connections, of other threads too, open this one


@pytest.mark.parametrize("command", [["doctor"], ["preflight"], ["scheduler", "status"]])
def test_where_no_database_is_none_is_made_and_it_is_said(command, tmp_path):
    settings = {"SITE_MODE": "production", "SECRET_KEY": secrets.token_hex(32), "BASE_URL": "http://localhost:8080"}
    own = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "ADMIN_BOOTSTRAP_PASSWORD": "x" * 20}
    words = [sys.executable, str(ROOT / "runbook"), *command, "--json"]
    ran = subprocess.run(words, capture_output=True, text=True, env={**settings, **own})
    assert json.loads(ran.stdout)["database"] == "there is no database yet"
    assert "no such table" not in ran.stdout + ran.stderr
    assert ((tmp_path / "superviseme.sqlite3").exists(), ran.returncode == 0) == (False, command == ["preflight"])


def test_what_cannot_be_asked_is_a_finding():
    def ask() -> Finding:
        raise OSError("gone")

    report = Report("doctor", as_json=True)
    report.ask(Probe("x.y", "", "it is there", ask))
    assert (report.checks[0].status, report.checks[0].measured) == (Status.FAILED, "OSError: gone")


def test_an_unknown_prefix_is_wrong_usage(db, capsys):
    assert main(["doctor", "--only", "nothing."]) == 2
