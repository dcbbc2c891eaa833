"""The import from beginning to end, in one transaction: all or nothing."""

from collections import defaultdict
from pathlib import Path

from django.db import connection, transaction

from superviseme.web.time import now
from superviseme.workspaces.goals.models import GoalKind

from ..models import LegacyRow
from .goals import import_goals
from .grants import import_grants
from .history import say_what_came, stir_workspaces, write_history
from .interests import import_interests
from .ledger import Ledger, stamp_of
from .meetings import import_meetings
from .notices import import_notices
from .projects import import_projects
from .publications import import_publications
from .reader import VERSIONS, Source, opened
from .references import import_references
from .report import Report
from .resources import import_resources
from .rows import Row
from .seats import import_collaborators, import_supervisors
from .tags import import_keywords, import_tags
from .theses import import_theses
from .todos import import_todos
from .updates import import_updates
from .users import import_users, may_supervise

PREFIXES = {"thesis": "", "project": "research_project_"}


def import_predecessor(path: Path, *, dry_run: bool = False) -> Report:
    """Read the file into this database. Raises NotAPredecessor; whatever else goes wrong changes nothing."""
    report = Report()
    with opened(path, report) as source, transaction.atomic():
        ledger = Ledger(report, now(), _source_number(source.rows("user_mgmt")))
        _import(source, ledger)
        say_what_came(ledger, path.name)
        ledger.write()
        connection.check_constraints()
        transaction.set_rollback(dry_run)
    return report


def _import(source: Source, ledger: Ledger) -> None:
    ledger.supervising = may_supervise(source)
    import_users(source, ledger)
    import_grants(source, ledger)
    import_theses(source, ledger)
    import_supervisors(source, ledger)
    import_keywords(source, ledger)
    import_interests(source, ledger)
    import_projects(source, ledger)
    import_collaborators(source, ledger)
    for kind in PREFIXES:
        _import_rooms(source, ledger, kind)
    import_tags(source, ledger)
    import_references(source, ledger)
    import_notices(source, ledger)
    import_publications(source, ledger)
    _leave_out(source, ledger)
    write_history(ledger)
    stir_workspaces(ledger)


def _import_rooms(source: Source, ledger: Ledger, kind: str) -> None:
    """What theses and projects have alike. Their tables differ by name only, and not quite regularly."""
    project = kind == "project"
    import_todos(source, ledger, f"{PREFIXES[kind]}todo", kind)
    import_updates(source, ledger, "research_project_update" if project else "thesis_update", kind)
    import_meetings(source, ledger, f"{PREFIXES[kind]}meeting_note", kind)
    import_resources(source, ledger, f"{PREFIXES[kind]}resource", kind)
    owner = "research_project" if project else "thesis"
    import_goals(source, ledger, f"{owner}_objective", kind, GoalKind.OBJECTIVE)
    import_goals(source, ledger, f"{owner}_hypothesis", kind, GoalKind.HYPOTHESIS)


def _leave_out(source: Source, ledger: Ledger) -> None:
    for row in source.rows("telegram_bot_config"):
        row.refuse("holds a secret; give the token to this site by its environment")
    for kind in ("read", "merged"):
        if VERSIONS in source.present:
            ledger.report.count(VERSIONS, kind, source.versions())


def _source_number(users: list[Row]) -> int:
    """Which database this is: that of an earlier run when most of its users were made at the same moments, else a new one."""
    known: dict[int, dict[int, str]] = defaultdict(dict)
    for number, user, stamp in LegacyRow.objects.filter(source_table="user_mgmt").values_list(
        "source", "source_id", "stamp"
    ):
        known[number][user] = stamp
    for number, stamps in sorted(known.items()):
        common = [row for row in users if row.id in stamps]
        same = sum(stamp_of(row) == stamps[row.id] for row in common)
        if common and same * 2 >= len(common):
            return number
    return max(known, default=0) + 1
