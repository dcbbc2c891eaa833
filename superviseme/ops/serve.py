"""Starting the roles: `web` is gunicorn, `scheduler` the worker, `all` both, watched by this process."""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import structlog
from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from superviseme.places import CODE, RELEASE, ROOT

from .exits import DONE, FAILED, REFUSED, Stop
from .keys import refuse_other_key
from .releases.keeper import keep
from .releases.layout import Releases

log = structlog.get_logger("superviseme.serve")
env = settings.ENV
PATIENCE = 30  # seconds between SIGTERM and SIGKILL
COUNTS = "PROMETHEUS_MULTIPROC_DIR"  # what web processes count for /metrics is kept there, so that any answers for all
# Python and gunicorn look for code where they are started: a release never starts where a checkout lies.
WHERE = RELEASE or ROOT
WORKER_COMMAND = [sys.executable, "-m", "superviseme.ops.worker"]
# To glibc's malloc: large blocks (argon2id takes 19 MiB for each password) go back to the system when they are freed, and
# threads share two arenas. Left to itself it keeps what the largest block taught it (docs/decisions/speed.md).
FRUGAL = {"MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_ARENA_MAX": "2"}


def serve(role: str | None, *, listener: int | None = None, kept: bool = False) -> int:
    """Start a role. Of an installed release a keeper does; it calls this again, `kept`, for each of its processes."""
    role = role or env("ROLE")
    scheduling = env("ENABLE_SCHEDULER")
    refuse_contradictions(role, scheduling)
    prepare_data_dir()
    if role != "scheduler":
        refuse_missing_assets()
    if role != "scheduler" and listener is None:
        refuse_taken_address(env("HOST"), env("PORT"))
    refuse_pending_migrations()
    refuse_other_key()
    connections.close_all()
    if RELEASE and not kept:
        return keep(Releases(RELEASE.parent), _roles(role, scheduling), env("HOST"), env("PORT"))
    if role != "scheduler":
        os.environ[COUNTS] = str(fresh_folder_of_counts())
    if role == "web":
        _become(gunicorn_command(listener))
    if role == "scheduler":
        _become(WORKER_COMMAND)
    return serve_all(with_worker=scheduling is not False)


def _roles(role: str, scheduling: bool | None) -> tuple[str, ...]:
    if role != "all":
        return (role,)
    return ("web",) if scheduling is False else ("web", "scheduler")


def refuse_contradictions(role: str, scheduling: bool | None) -> None:
    if role == "web" and scheduling:
        raise Stop(
            "A web process never runs jobs: set ENABLE_SCHEDULER=false for serve web, and start serve scheduler beside it.",
            REFUSED,
        )
    if role == "scheduler" and not scheduling:
        raise Stop("Set ENABLE_SCHEDULER=true for the one place where the scheduler runs.", REFUSED)


def prepare_data_dir() -> None:
    folder: Path = settings.DATA_DIR
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.FILES_DIR.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable.{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise Stop(f"DATA_DIR {folder} cannot be written to: {problem.strerror}.") from None


def fresh_folder_of_counts() -> Path:
    """A folder for each port: two releases may serve side by side."""
    folder: Path = settings.DATA_DIR / "metrics" / str(env("PORT"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return folder


def refuse_missing_assets() -> None:
    if not settings.STATIC_IS_BUILT:
        raise Stop("Style and script are not built: run ./runbook build first.", REFUSED)


def refuse_taken_address(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise Stop(
            f"HOST={host} is not an address of this machine and no name it knows: leave it out, or use 127.0.0.1 or 0.0.0.0."
        ) from None
    with socket.socket(family, kind) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
            trial.listen()
        except OSError as problem:
            raise Stop(
                f"Nothing can listen on {host} port {port}: {problem.strerror}. Stop what does, or choose another PORT."
            ) from None


def refuse_pending_migrations() -> None:
    if pending_migrations():
        raise Stop("The database is not up to date: run ./runbook migrate first.", REFUSED)


def pending_migrations() -> int:
    executor = MigrationExecutor(connections["default"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def gunicorn_command(listener: int | None = None) -> list[str]:
    host, port = env("HOST"), env("PORT")
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = {
        "--bind": address if listener is None else f"fd://{listener}",
        "--worker-class": "gthread",
        "--workers": env("WEB_WORKERS"),
        "--threads": env("WEB_THREADS"),
        "--timeout": 60,
        "--graceful-timeout": 25,
        "--keep-alive": 15,
        "--forwarded-allow-ips": "",  # whom to believe is TRUSTED_PROXIES' business
        "--log-level": "warning",
        "--name": "superviseme",
        "--config": "python:superviseme.ops.forks",
    }
    flags = [str(part) for pair in options.items() for part in pair]
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--preload",
        "--no-control-socket",
        *flags,
        "superviseme.config.wsgi:application",
    ]


def _become(command: list[str]) -> None:
    connections.close_all()
    os.chdir(WHERE)
    os.environ |= {**FRUGAL, **os.environ, "PYTHONPATH": str(CODE)}
    os.execv(command[0], command)  # noqa: S606 - our own command, no shell


# --- both --------------------------------------------------------------------------------------------------------------


class Asked(Exception):
    """Somebody asked us to stop."""


def serve_all(*, with_worker: bool) -> int:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _asked)
    children: dict[str, subprocess.Popen] = {}
    try:
        children["web"] = _start(gunicorn_command())
        if with_worker:
            children["worker"] = _start_worker()
        return _watch(children)
    except Asked:
        return DONE
    finally:
        _stop(list(children.values()))


def _asked(number: int, frame: FrameType | None) -> None:
    raise Asked


def _watch(children: dict[str, subprocess.Popen]) -> int:
    """Web gone: stop all, for whoever started us to see. Worker gone: start it again, slower each time."""
    pause = 1.0
    while children["web"].poll() is None:
        time.sleep(0.3)
        if "worker" in children and children["worker"].poll() is not None:
            log.error("The scheduler ended and is started again.", exit=children["worker"].returncode, pause=pause)
            time.sleep(pause)
            pause = min(pause * 2, 60)
            children["worker"] = _start_worker()
    log.error("The web process ended, so everything stops.", exit=children["web"].returncode)
    return FAILED


def _start_worker() -> subprocess.Popen:
    return _start(WORKER_COMMAND, ENABLE_SCHEDULER="true")


def _start(command: list[str], **extra: str) -> subprocess.Popen:
    preexec: Callable[[], None] | None = _die_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(
        command,
        cwd=WHERE,
        env={**FRUGAL, **os.environ, "PYTHONPATH": str(CODE), **extra},
        start_new_session=True,
        preexec_fn=preexec,
    )


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _stop(children: list[subprocess.Popen]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
