"""Asks every probe there is. When the database does not answer, only what needs none is asked further."""

from collections.abc import Iterable

from .checks import Probe, Report, Status
from .probes import backup, configuration, database, files, people, records, scheduler, workspaces

AREAS: tuple[tuple[Probe, ...], ...] = (
    configuration.PROBES,
    database.PROBES,
    people.PROBES,
    workspaces.PROBES,
    files.PROBES,
    records.PROBES,
    backup.PROBES,
    scheduler.PROBES,
)
NEEDS_ROWS = (
    "scheduler.",
    "config.bootstrap",
    "backup.fresh",
)  # checks that look into tables, by the start of their ids
FIRST = ("db.answers", "db.migrations")  # without these, rows cannot be asked about


def wanted(prefix: str = "") -> list[Probe]:
    return [probe for area in AREAS for probe in area if probe.id.startswith(prefix)]


def examine(report: Report, probes: Iterable[Probe]) -> None:
    """Into the report; a probe that cannot be asked is told so, never counted as well."""
    probes = list(probes)
    ground = Report(report.command, as_json=True)
    ground.ask(*(probe for probe in wanted() if probe.id in FIRST))
    if any(check.status != Status.OK for check in ground.checks):
        probes = [p for p in probes if p.id in FIRST or _needs_no_rows(p)]
    report.ask(*probes)


def _needs_no_rows(probe: Probe) -> bool:
    return probe.id.startswith(("config.", "disk.")) and not probe.id.startswith(NEEDS_ROWS)
