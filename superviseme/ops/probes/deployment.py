"""Before a rollout: the database may be changed by us, the schema is as the code says, there is a way back, one scheduler."""

import os
import shutil
import sqlite3
import subprocess
import sys
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Now

from superviseme.ops.checks import Finding, Probe, Status
from superviseme.ops.models import Lease
from superviseme.ops.releases.keeper import keepers
from superviseme.ops.releases.layout import Releases
from superviseme.ops.serve import pending_migrations
from superviseme.places import CODE

OLDEST_POSTGRES = 140000
LEAST_FREE = 1024**3
PATIENCE = 5
SCHEMA_WITHIN = 120
REFERENCE = CODE / "data_schema" / "database_dashboard.db"


def _version() -> Finding:
    if connection.vendor == "sqlite":
        return Finding(measured=f"SQLite {sqlite3.sqlite_version}")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
    return Finding(Status.FAILED if number < OLDEST_POSTGRES else Status.OK, f"PostgreSQL {number // 10000}")


def _rights() -> Finding:
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        place = file if file.exists() else file.parent
        return Finding(Status.OK if os.access(place, os.W_OK) else Status.FAILED, str(place.name))
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_schema_privilege(current_schema(), 'CREATE')")
        may = bool(cursor.fetchone()[0])
    return Finding(Status.OK if may else Status.FAILED, "may create" if may else "may not create tables")


def _migrations() -> Finding:
    loader = MigrationExecutor(connection).loader
    unknown = [key for key in loader.applied_migrations or () if key not in loader.disk_migrations]
    unknown = [key for key in unknown if key[0] in loader.migrated_apps]
    if unknown:
        return Finding(Status.REFUSED, f"{'.'.join(unknown[0])} is of a newer release", "deploy that one, or restore")
    return Finding(measured=f"{pending_migrations()} to come")


def _reference() -> Finding:
    return _aligned([str(REFERENCE), "--strict"], {})


def _live() -> Finding:
    if pending_migrations():
        return Finding(measured="asked once the migrations are there")
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return _aligned([str(said["NAME"]), "--like", str(REFERENCE)], {})  # which is compared as well
    user, host, port = said["USER"], said["HOST"].replace("/", "%2F"), said["PORT"]
    address = f"postgresql://{user}@{host}{f':{port}' if port else ''}/{said['NAME']}"
    return _aligned([address], {"PGPASSWORD": said["PASSWORD"] or ""})


def _aligned(words: list[str], more: dict[str, str]) -> Finding:
    command = [sys.executable, str(CODE / "scripts" / "check_schema_alignment.py"), "--db", *words]
    done = subprocess.run(
        command, env={**os.environ, **more}, capture_output=True, text=True, timeout=SCHEMA_WITHIN, cwd=CODE
    )
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    if done.returncode == 0:
        return Finding(measured="PASSED")
    return Finding(Status.FAILED, "; ".join([line for line in lines if ": 0" not in line][:4])[:400])


def _disk() -> Finding:
    folder = next(path for path in (Path(settings.RELEASES_DIR), *Path(settings.RELEASES_DIR).parents) if path.exists())
    free = shutil.disk_usage(folder).free
    return Finding(Status.FAILED if free < LEAST_FREE else Status.OK, f"{free // 2**20} MiB free")


def _way_back() -> Finding:
    """What serves now is what a rollback after this deploy leads to."""
    releases = Releases(Path(settings.RELEASES_DIR))
    release = releases.current
    if release is None:
        return Finding(Status.WARNING, "no release is installed yet", "the first deploy has nothing to go back to")
    wrong = release.problems()
    if wrong:
        return Finding(Status.REFUSED, f"{release.name} is not as it was built: {', '.join(wrong[:3])}")
    return Finding(measured=release.name)


def _health() -> Finding:
    try:
        status, body = _ask(settings.BASE_URL, "/health")
    except (OSError, HTTPException) as problem:
        here = keepers(Releases(Path(settings.RELEASES_DIR)))
        what = f"no answer: {getattr(problem, 'strerror', None) or type(problem).__name__}"
        return Finding(
            Status.FAILED if here else Status.WARNING, what, "before the first start this is as it should be"
        )
    if status == 503 and '"maintenance"' in body:
        return Finding(Status.WARNING, "closed for maintenance")
    return Finding(Status.OK if status == 200 else Status.FAILED, str(status))


def _ask(address: str, path: str) -> tuple[int, str]:
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    asked = kind(parts.hostname or "localhost", parts.port, timeout=PATIENCE)
    try:
        asked.request("GET", path)
        answer = asked.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        asked.close()


def _one_scheduler() -> Finding:
    leaders = Lease.objects.filter(name="scheduler", expires_at__gt=Now()).count()
    if leaders == 1:
        return Finding(measured="1 leads")
    return Finding(Status.WARNING, "none leads at the moment", "start ./runbook serve scheduler in one place")


PROBES: tuple[Probe, ...] = (
    Probe("health.current", "2.1", "GET /health answers 200", _health),
    Probe("db.version", "1.2", "the database is new enough", _version, "", "PostgreSQL 14 or newer"),
    Probe("db.rights", "1.2", "we may change the database", _rights, "", "GRANT CREATE ON SCHEMA"),
    Probe("db.known_migrations", "3.3", "this release knows what the database has", _migrations),
    Probe("schema.reference", "2.5", "the schema in the repository is the models'", _reference, "", "bin/schema"),
    Probe("schema.live", "2.5", "the live schema is the models'", _live),
    Probe("disk.releases", "2.4", "there is room for a release", _disk, "", "./runbook release list; remove old ones"),
    Probe("release.way_back", "2.3", "there is a release to go back to", _way_back),
    Probe("scheduler.one", "1.3", "exactly one scheduler leads", _one_scheduler),
)
