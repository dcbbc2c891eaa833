"""Health: able to serve (200), or not and of which kind (503). Says nothing that helps a stranger: no versions, no names."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from superviseme.web.access import anyone

from .maintenance import door, state
from .metrics import metrics

log = structlog.get_logger("superviseme.health")
PATIENCE = 2.5  # seconds for the database
LEAST_FREE_BYTES = 20 * 1024 * 1024
_patient = ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")


def _answer(problem: str) -> HttpResponse:
    if problem:
        return JsonResponse(
            {"service": "SuperviseMe", "status": "unhealthy", "reason": problem},
            status=503,
            headers={"Retry-After": "5"},
        )
    return JsonResponse({"service": "SuperviseMe", "status": "healthy"})


@anyone("GET", reason="machines ask whether the site works")
def health(request: HttpRequest) -> HttpResponse:
    return _answer(maintenance_problem(request) or database_problem())


@anyone("GET", reason="machines ask whether the process lives; depends on nothing")
def live(request: HttpRequest) -> HttpResponse:
    return _answer("")


@anyone("GET", reason="machines ask whether to send people here")
def ready(request: HttpRequest) -> HttpResponse:
    return _answer(maintenance_problem(request) or database_problem() or migrations_problem() or disk_problem())


def maintenance_problem(request: HttpRequest) -> str:
    """Closed to all but operators: who holds a pass is told how it is inside."""
    standing = state()
    return "maintenance" if standing and not door.may_pass(request, standing) else ""


def database_problem() -> str:
    """Asked from a thread of its own, because a database that hangs must not hang the answer."""
    if connection.vendor == "sqlite":
        return _ask() if file_is_there() else "database"
    try:
        return _patient.submit(_ask, close=True).result(timeout=PATIENCE)
    except TooSlow:
        return "database"


def file_is_there() -> bool:
    """SQLite's, or a database in memory. Open connections go on with a file that was moved away or deleted; what they write is lost."""
    is_in_memory = connection.is_in_memory_db()  # type: ignore[attr-defined]  # SQLite's own
    return is_in_memory or os.path.exists(connection.settings_dict["NAME"])


def _ask(*, close: bool = False) -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            return ""
    except (DatabaseError, InterfaceError) as problem:
        log.warning("The database does not answer.", kind=type(problem).__name__)
        return "database"
    finally:
        if close:
            connection.close()


_current: list[bool] = []  # once up to date, a running process stays so


def migrations_problem() -> str:
    from .serve import pending_migrations  # only this question needs it

    if not _current:
        if pending_migrations():
            return "migrations"
        _current.append(True)
    return ""


def disk_problem() -> str:
    try:
        return "" if shutil.disk_usage(settings.DATA_DIR).free > LEAST_FREE_BYTES else "disk"
    except OSError:
        return "disk"


DOORS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health": health,
    "/health/live": live,
    "/health/ready": ready,
    "/metrics": metrics,
}


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """First of all: health is answered whatever the Host header says, over http too, without session or person."""

    def handle(request: HttpRequest) -> HttpResponse:
        door = DOORS.get(request.path)
        if door is None:
            return get_response(request)
        response = door(request)
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Length"] = str(len(response.content))
        return response

    return handle
