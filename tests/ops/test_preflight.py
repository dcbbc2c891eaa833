"""Preflight: one wrong value at a time is found by its check alone, within seconds, and no secret is said."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from superviseme.config.env import Environment
from superviseme.ops import preflight
from superviseme.ops.checks import Report, Status
from superviseme.ops.exits import Stop
from superviseme.ops.keys import fingerprint, other_key, refuse_other_key, remember_key
from superviseme.ops.models import KnownKey
from superviseme.ops.probes import deployment
from superviseme.ops.releases.layout import MANIFEST, digest_of, write_manifest
from superviseme.ops.serve import refuse_contradictions
from tests.ops.releases.making import Site, free_port

ROOT = Path(__file__).resolve().parents[2]
TOKEN, PASSWORD = "4711:planted-token-of-a-bot", "planted-password-of-mail"
ELSEWHERE = ("schema.reference", "schema.live", "backup.fresh")  # tested in tests/house and tests/ops/backup


class Bot(BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802 - the library's name
        right = self.path == f"/bot{TOKEN}/getMe"
        said = {"ok": True, "result": {"username": "theses_bot"}} if right else {"ok": False}
        self.send_response(200 if right else 401)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    do_POST = do_GET

    def log_message(self, *words):
        pass


@pytest.fixture
def telegram():
    server = HTTPServer(("127.0.0.1", 0), Bot)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def mail():
    def authenticate(server, session, envelope, mechanism, data):
        return AuthResult(success=data.login == b"site" and data.password == PASSWORD.encode())

    controller = Controller(
        object(), hostname="127.0.0.1", port=free_port(), authenticator=authenticate, auth_require_tls=False
    )
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture
def site(db, settings, tmp_path, mail, telegram):
    """Everything right: a function that changes settings and environment, then asks every probe that is not tested elsewhere."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.RELEASES_DIR = tmp_path / "releases"
    settings.MAIL_SERVER = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = mail, False, False
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "site", PASSWORD
    remember_key()
    said = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_BOT_USERNAME": "@theses_bot",
        "TELEGRAM_API_BASE": telegram,
        "ROLE": "web",
    }

    def found(environment=(), **changed):
        for name, value in changed.items():
            setattr(settings, name, value)
        settings.ENV = Environment({**said, **dict(environment)})
        report = Report("preflight", as_json=True)
        report.ask(*(probe for probe in preflight.probes() if probe.id not in ELSEWHERE))
        words = json.dumps([check.measured + check.fix for check in report.checks])
        assert (TOKEN in words, PASSWORD in words) == (False, False)
        return [check.id for check in report.checks if check.status in (Status.FAILED, Status.REFUSED)]

    return found


def test_with_everything_right_nothing_fails(site):
    assert site() == []


WRONG = [
    ("mail.smtp", {}, {"EMAIL_PORT": 1}),
    ("mail.smtp", {}, {"EMAIL_HOST": "no.such.host.invalid"}),
    ("mail.smtp", {}, {"EMAIL_HOST_USER": "sight"}),
    ("mail.smtp", {}, {"EMAIL_HOST_PASSWORD": f"{PASSWORD}x"}),
    ("mail.smtp", {}, {"EMAIL_USE_TLS": True}),
    ("mail.smtp", {}, {"EMAIL_USE_SSL": True}),
    ("telegram.bot", {"TELEGRAM_BOT_TOKEN": f"{TOKEN}x"}, {}),
    ("telegram.bot", {"TELEGRAM_BOT_USERNAME": "other_bot"}, {}),
    ("telegram.bot", {"TELEGRAM_API_BASE": "http://127.0.0.1:1"}, {}),
    ("env.values", {"PORT": "eighty"}, {}),
    ("env.values", {"MAIL_USE_SSL": "perhaps"}, {}),
    ("env.role", {"ENABLE_SCHEDULER": "true"}, {}),
    ("env.known_key", {}, {"SECRET_KEY": "another-key-of-another-site-9f2c4b7a1d5e8063fa417cbe92d"}),
    ("config.base_url_host", {}, {"ALLOWED_HOSTS": ["theses.example.edu"]}),
    ("config.hosts_named", {}, {"ALLOWED_HOSTS": ["localhost", "*"]}),
]


@pytest.mark.parametrize("check, environment, changed", WRONG)
def test_one_wrong_value_fails_exactly_its_check(site, check, environment, changed):
    assert site(environment, **changed) == [check]


def test_a_damaged_way_back_is_refused(site, tmp_path, settings):
    installed = Site(tmp_path).releases
    release = installed.folder / "1.0.0-abc"
    release.mkdir()
    (release / "runbook").write_text("good")
    packages = next((installed.folder / "packages").iterdir())
    write_manifest(release, packages=packages.name, packages_manifest=digest_of(packages / MANIFEST), commit="abc")
    installed.point("current", installed.named("1.0.0-abc"))
    assert site() == []
    (release / "runbook").write_text("bad")
    assert site() == ["release.way_back"]


def test_a_mail_server_that_says_nothing_is_given_up(site):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        start = time.monotonic()
        assert site(EMAIL_PORT=silent.getsockname()[1]) == ["mail.smtp"]
    assert time.monotonic() - start < 30  # five seconds on a machine that has nothing else to do


def test_an_environment_that_cannot_be_read_is_one_failed_check(tmp_path):
    mine = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
    done = subprocess.run(
        [sys.executable, str(ROOT / "runbook"), "preflight", "--json"],
        env={**mine, "DATA_DIR": str(tmp_path), "SECRET_KEY": "planted-short-key"},
        capture_output=True,
        text=True,
    )
    said = json.loads(done.stdout)
    assert (done.returncode, [check["id"] for check in said["checks"]]) == (3, ["env.values"])
    assert (said["checks"][0]["measured"][:23], "planted" in done.stdout) == ("SECRET_KEY is too short", False)


# --- roles ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role, scheduling, fits",
    [
        ("web", None, True),
        ("web", True, False),
        ("web", False, True),
        ("scheduler", None, False),
        ("scheduler", True, True),
        ("scheduler", False, False),
    ],
)
def test_a_web_process_never_runs_jobs_and_a_scheduler_says_that_it_does(role, scheduling, fits):
    try:
        refuse_contradictions(role, scheduling)
        assert fits
    except Stop as stop:
        assert (fits, stop.code) == (False, 3)


# --- the key --------------------------------------------------------------------------------------------------------------


def test_another_key_is_refused_and_says_what_it_would_break(db, settings):
    refuse_other_key()
    settings.SECRET_KEY = "another"
    with pytest.raises(Stop, match="everybody would be signed out.*SECRET_KEY_FALLBACKS") as refusal:
        refuse_other_key()
    assert refusal.value.code == 3


def test_a_key_is_changed_by_keeping_the_old_one_as_a_fallback(db, settings):
    refuse_other_key()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    refuse_other_key()
    assert list(KnownKey.objects.values_list("fingerprint", flat=True)) == [fingerprint("another")]


def test_a_lost_key_is_given_up_knowingly(db, settings):
    refuse_other_key()
    settings.SECRET_KEY = "another"
    assert other_key() != ""
    remember_key()
    assert other_key() == ""


def test_sessions_outlive_a_change_of_the_key(as_, alice, settings):
    browser = as_(alice)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key"
    assert browser.get("/profile").status_code == 200


def test_the_way_to_a_release_needs_room(site, settings, monkeypatch):
    monkeypatch.setattr(deployment, "LEAST_FREE", shutil.disk_usage("/").total + 1)
    assert site() == ["disk.releases"]
