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
FIRST = ("db.answers", "db.migrations")  # without these, rows cannot be asked about


def wanted(prefix: str = "") -> list[Probe]:
    return [probe for area in AREAS for probe in area if probe.id.startswith(prefix)]


def examine(report: Report, probes: Iterable[Probe]) -> None:
    """Into the report; a probe that cannot be asked is told so, never counted as well."""
    probes = list(probes)
    ground = Report(report.command, as_json=True)
    ground.ask(*(probe for probe in wanted() if probe.id in FIRST))
    if any(check.status != Status.OK for check in ground.checks):
        probes = [p for p in probes if p.id.startswith(("config.", "disk.")) or p.id in FIRST]
        probes = [p for p in probes if p.id != "config.bootstrap_password"]  # it looks for an administrator
    report.ask(*probes)
