"""Whether a rollout may begin: sections 1 and 2 of the runbook, asked of the machine, the database and the servers of others."""

from django.db import DatabaseError, InterfaceError, connection

from .checks import Probe
from .doctor import NEEDS_ROWS
from .probes import backup, configuration, database, deployment, environment, outside

AREAS: tuple[tuple[Probe, ...], ...] = (
    environment.PROBES,
    configuration.PROBES,
    database.PROBES,
    deployment.PROBES,
    backup.PROBES,
    outside.PROBES,
)
LEFT_TO_DOCTOR = {
    "db.migrations",
    "db.unknown_migrations",
    "db.foreign_keys",
    "db.whole",
    "backup.read",
    "backup.restored",
    "backup.apart",
}  # of the data, or said better here
NEEDS_THE_DATABASE = ("db.", "schema.live", "env.known_key")
MADE_BY_DEPLOY = {"backup.fresh"}


def probes(*, deploying: bool = False) -> list[Probe]:
    """What can be asked: without the database, and before its first migration, less. A deploy makes its own backup."""
    tables = _tables()
    left_out = () if tables else NEEDS_ROWS if tables == [] else (*NEEDS_THE_DATABASE, *NEEDS_ROWS)
    elsewhere = LEFT_TO_DOCTOR | (MADE_BY_DEPLOY if deploying else set())
    found = [probe for area in AREAS for probe in area if probe.id not in elsewhere]
    return [probe for probe in found if probe.id == "db.answers" or not probe.id.startswith(left_out or "-")]


def _tables() -> list[str] | None:
    """Those of ours that are there; None when the database does not answer."""
    try:
        return [name for name in connection.introspection.table_names() if name == "ops_lease"]
    except (DatabaseError, InterfaceError):
        return None
