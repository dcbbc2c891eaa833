"""The database itself: answers, is whole, is of this release, and agrees about the time."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from superviseme.ops.checks import Finding, Probe, Status
from superviseme.web.time import now

MOST_SECONDS_APART = 5


def _answers() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding(measured=connection.vendor)


def _pending() -> Finding:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Finding(Status.FAILED if plan else Status.OK, f"{len(plan)} pending")


def _unknown() -> Finding:
    loader = MigrationExecutor(connection).loader
    unknown = sorted(
        f"{app}.{name}" for app, name in loader.applied_migrations or () if (app, name) not in loader.disk_migrations
    )
    ours = [name for name in unknown if name.split(".")[0] in loader.migrated_apps]
    return Finding(Status.FAILED if ours else Status.OK, ", ".join(ours[:5]) or "none")


def _foreign_keys() -> Finding:
    if connection.vendor == "sqlite":
        broken = [f"{row[0]} {row[1]}" for row in _rows("PRAGMA foreign_key_check")]
    else:
        broken = [row[0] for row in _rows("SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated")]
    return Finding(
        Status.FAILED if broken else Status.OK, f"{len(broken)}: {', '.join(broken[:5])}" if broken else "none"
    )


def _whole() -> Finding:
    if connection.vendor == "sqlite":
        said = [str(row[0]) for row in _rows("PRAGMA quick_check(5)")]
        return Finding(Status.OK if said == ["ok"] else Status.FAILED, "; ".join(said)[:300])
    invalid = [row[0] for row in _rows("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")]
    return Finding(Status.FAILED if invalid else Status.OK, ", ".join(invalid[:5]) or "every index is valid")


def _durable() -> Finding:
    """SQLite in WAL; PostgreSQL with fsync and full pages, or an acknowledged write may be lost."""
    if connection.vendor == "sqlite":
        mode = str(_rows("PRAGMA journal_mode")[0][0])
        return Finding(Status.OK if mode in ("wal", "memory") else Status.FAILED, mode)
    off = [name for name in ("fsync", "full_page_writes") if _rows(f"SHOW {name}")[0][0] != "on"]
    return Finding(Status.WARNING if off else Status.OK, f"off: {', '.join(off)}" if off else "on")


def _clock() -> Finding:
    if connection.vendor == "sqlite":
        return Finding(measured="the same machine")
    apart = abs(float(_rows("SELECT extract(epoch FROM clock_timestamp())")[0][0]) - now().timestamp())
    return Finding(Status.FAILED if apart > MOST_SECONDS_APART else Status.OK, f"{apart:.2f} s")


def _rows(question: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


PROBES: tuple[Probe, ...] = (
    Probe(
        "db.answers",
        "1.2",
        "the database answers",
        _answers,
        "It is down, unreachable, or refuses our name or password.",
        "start it, or mend DATABASE_URL / PG_*",
    ),
    Probe(
        "db.migrations",
        "3.3",
        "the database has every migration of this release",
        _pending,
        "The release was deployed without its migration step.",
        "./runbook migrate",
    ),
    Probe(
        "db.unknown_migrations",
        "5.4",
        "the database has no migration this release does not know",
        _unknown,
        "A newer release migrated it and this one was put back, or a backup of a newer release was restored.",
        "deploy the newer release again, or restore a backup of this one",
    ),
    Probe(
        "db.foreign_keys",
        "",
        "no row points at one that is not there",
        _foreign_keys,
        "Rows were written past the program, or constraints were switched off for a load.",
        "restore the missing rows from a backup, or remove the ones that point nowhere",
    ),
    Probe(
        "db.whole",
        "",
        "the database's own check finds nothing",
        _whole,
        "The disk or memory is failing, or the file was copied while in use.",
        "./runbook restore --latest-good, then have the disk looked at",
    ),
    Probe(
        "db.durable",
        "",
        "what is acknowledged survives a power cut",
        _durable,
        "The server was tuned for speed, or the file lies where WAL cannot work (a network disk).",
        "switch fsync and full_page_writes on; keep SQLite on a local disk",
    ),
    Probe(
        "db.clock",
        "1.3",
        f"the database's clock and ours are at most {MOST_SECONDS_APART} s apart",
        _clock,
        "A machine does not keep time (no NTP).",
        "switch time synchronisation on, on both machines",
    ),
)
