"""A release on a side port, where nobody sees it, and the smoke test run by a release itself."""

import contextlib
import json
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPException
from typing import IO

from django.conf import settings

from superviseme.ops.exits import Stop

from .child import launch
from .layout import Release

READY_WITHIN = 45
SMOKE_WITHIN = 120
PROBLEM = re.compile(r"\w*(Error|Exception|Misconfigured)\b.*: ")  # the last line of a traceback


@contextlib.contextmanager
def on_a_side_port(release: Release) -> Iterator[str]:
    """Yields its address once it answers; one that ends or does not answer in time is a Stop with what it said."""
    port = _free_port()
    with tempfile.TemporaryFile() as log:
        process = launch(release, ["serve", "web", "--kept"], _side(port), kept_environment=False, stderr=log)
        try:
            _wait(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            process.kill()
            process.wait()


def smoke_of(release: Release, url: str) -> list[str]:
    """What its own smoke test finds wrong at this address, a line each."""
    words = ["smoke", "--json", "--url", url]
    done = run(release, words, {"BASE_URL": settings.BASE_URL}, within=SMOKE_WITHIN)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        return [f"the smoke test broke: {(done.stderr or done.stdout).strip()[-300:]}"]
    failed = [f"{c['id']}: {c['measured']}" for c in said["checks"] if c["status"] in ("failed", "refused")]
    return failed or ([said["reason"] or "the smoke test failed"] if said["exit"] else [])


def run(
    release: Release, words: list[str], more: Mapping[str, str], *, within: int
) -> subprocess.CompletedProcess[str]:
    process = launch(
        release, words, more, kept_environment=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        out, err = process.communicate(timeout=within)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        err = f"no end within {within} s; {err}"
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def _side(port: int) -> dict[str, str]:
    """Its own process believes this machine, so that an https site can be asked without its proxy."""
    proxies = ",".join([*settings.ENV("TRUSTED_PROXIES"), "127.0.0.1"])
    return {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "BASE_URL": settings.BASE_URL,
        "TRUSTED_PROXIES": proxies,
        "ENABLE_SCHEDULER": "false",
        "WEB_WORKERS": "1",
    }


def _wait(process: subprocess.Popen, port: int, log: IO[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        if _answers(port):
            return
        time.sleep(0.1)
    log.seek(0)
    lines = [line for line in log.read().decode(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if PROBLEM.match(line)] or lines
    raise Stop(f"It does not answer on a side port: {telling[-1][:300] if telling else f'exit {process.poll()}'}")


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
