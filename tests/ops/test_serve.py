"""The roles as processes: what they refuse, how they stop. Each runs the real ./runbook in a folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import requests

ROOT = Path(__file__).resolve().parent.parent.parent
BUILT = (ROOT / "build" / "static" / "staticfiles.json").is_file()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture
def site(tmp_path):
    """Environment of an empty demonstration site."""
    mine = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
    return {**mine, "SITE_MODE": "demo", "DATA_DIR": str(tmp_path), "PORT": str(free_port())}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A folder with an empty, current database, made once."""
    folder = tmp_path_factory.mktemp("site")
    answer = runbook({"PATH": os.environ["PATH"], "SITE_MODE": "demo", "DATA_DIR": str(folder)}, "migrate")
    assert answer.returncode == 0, answer.stderr
    return str(folder)


def runbook(site, *words, **more):
    command = [sys.executable, str(ROOT / "runbook"), *words]
    return subprocess.run(command, env={**site, **more}, capture_output=True, text=True, timeout=60)


REFUSALS = [
    (("serve", "web"), {"ENABLE_SCHEDULER": "true"}, 3, "A web process never runs jobs"),
    (("serve", "scheduler"), {}, 3, "Set ENABLE_SCHEDULER=true"),
    (("serve", "scheduler"), {"ENABLE_SCHEDULER": "false"}, 3, "Set ENABLE_SCHEDULER=true"),
    (("serve", "scheduler"), {"ENABLE_SCHEDULER": "true"}, 3, "run ./runbook migrate first"),
    (("serve", "web"), {"SITE_MODE": "production"}, 3, "SECRET_KEY is missing"),
    (("serve", "web"), {"HOST": "no.such.host.invalid"}, 1, "is not an address of this machine"),
    (
        ("serve", "scheduler"),
        {"ENABLE_SCHEDULER": "true", "DATABASE_URL": "postgresql://a:hunter2@127.0.0.1:1/x"},
        1,
        "does not answer",
    ),
    (
        ("scheduler", "status"),
        {"DATABASE_URL": "postgresql://a:hunter2@127.0.0.1:1/x"},
        1,
        "The database does not answer as it should",
    ),
    (("serve", "cook"), {}, 2, "invalid choice"),
    ((), {}, 2, "usage"),
]


@pytest.mark.parametrize("words, more, code, says", REFUSALS)
def test_what_cannot_be_is_refused_in_a_sentence(site, words, more, code, says):
    if words[:2] == ("serve", "web") and more.get("HOST") and not BUILT:
        pytest.skip("the static files are not built")
    answer = runbook(site, *words, **more)
    assert (answer.returncode, says in answer.stderr, "Traceback" in answer.stderr, "hunter2" in answer.stderr) == (
        code,
        True,
        False,
        False,
    )


def test_a_scheduler_works_and_stops_when_asked(site, migrated):
    command = [sys.executable, str(ROOT / "runbook"), "serve", "scheduler"]
    process = subprocess.Popen(
        command, env={**site, "DATA_DIR": migrated, "ENABLE_SCHEDULER": "true"}, stderr=subprocess.PIPE, text=True
    )
    for line in process.stderr:
        if "leads now" in line:
            break
    process.send_signal(signal.SIGTERM)
    assert (process.wait(timeout=15), "The scheduler stopped" in process.stderr.read()) == (0, True)


@pytest.mark.skipif(not BUILT, reason="the static files are not built")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_both_together_answer_and_stop_cleanly(site, how):
    runbook(site, "migrate")
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "runbook"), "serve", "all"], env=site, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for_health(site, start + 20)
        if how == signal.SIGTERM:
            sign_in(site, 12)  # each password takes 19 MiB while its hash is worked out
            assert web_memory(process) < 120
        process.send_signal(how)
        assert process.wait(timeout=20) == 0
        with socket.socket() as trial:
            assert trial.connect_ex(("127.0.0.1", int(site["PORT"]))) != 0
    finally:
        process.kill()


def sign_in(site, times):
    """Two at once, as nobody known."""
    with ThreadPoolExecutor(2) as both:
        assert set(both.map(lambda number: _guess(site, number), range(times))) == {200}


def _guess(site, number):
    with requests.Session() as visitor:
        page = f"http://localhost:{site['PORT']}/login"
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', visitor.get(page, timeout=20).text)
        guess = {"csrfmiddlewaretoken": token[1], "login": f"nobody{number}@example.org", "password": "wrong-guess-12"}
        return visitor.post(page, guess, timeout=20).status_code


def web_memory(process):
    """Megabytes of the fullest web process."""
    workers = [p for p in psutil.Process(process.pid).children(recursive=True) if "gunicorn" in " ".join(p.cmdline())]
    return max(worker.memory_info().rss for worker in workers) / 2**20


def _wait_for_health(site, deadline):
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{site['PORT']}/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("no answer from /health")


def test_a_scheduler_that_is_killed_is_replaced_by_the_one_standing_by(site, migrated, tmp_path):
    logs = [tmp_path / "one", tmp_path / "two"]
    both = [_scheduler(site, migrated, log) for log in logs]
    try:
        first = _leader(logs, 60)
        both[first].kill()
        start = time.monotonic()
        assert _leader([logs[1 - first]], 60) == 0
        assert time.monotonic() - start < 30
    finally:
        for process in both:
            process.kill()
            process.wait()


def _scheduler(site, folder, log):
    environment = {**site, "DATA_DIR": folder, "ENABLE_SCHEDULER": "true"}
    return subprocess.Popen(
        [sys.executable, str(ROOT / "runbook"), "serve", "scheduler"], env=environment, stderr=log.open("w")
    )


def _leader(logs, patience):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        for number, log in enumerate(logs):
            if "leads now" in log.read_text():
                return number
        time.sleep(0.2)
    raise AssertionError("nobody leads")
