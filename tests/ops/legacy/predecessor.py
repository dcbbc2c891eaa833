"""Databases as the predecessor left them, built in code: any schema from 0001 to 0005, any value in any column."""

import sqlite3
from pathlib import Path
from typing import Any

TABLES = """
user_mgmt id# username name surname cdl email password user_type joined_on# gender nationality is_enabled? google_id orcid_id profile_pic last_activity# last_activity_location telegram_user_id telegram_enabled? telegram_notification_types orcid_access_token orcid_refresh_token
thesis id# title description short_description long_description topic prerequisites is_public? publisher_id# author_id# frozen? level created_at#
thesis_status id# thesis_id# status updated_at#
thesis_supervisor id# thesis_id# supervisor_id# assigned_at#
thesis_tag id# thesis_id# tag
thesis_interest id# thesis_id# student_id# message status created_at# handled_at# handled_by_id#
update_tag id# update_id# tag frozen?
thesis_update id# thesis_id# author_id# update_type parent_id# status content created_at#
resource id# thesis_id# resource_type resource_url description created_at#
thesis_objective id# thesis_id# author_id# title description status frozen? created_at#
thesis_hypothesis id# thesis_id# author_id# title description status frozen? created_at#
todo id# thesis_id# author_id# title description status priority assigned_to_id# due_date# completed_at# created_at# updated_at#
todo_reference id# update_id# todo_id# created_at#
notification id# recipient_id# actor_id# thesis_id# notification_type title message action_url is_read? created_at# telegram_sent? telegram_sent_at#
meeting_note id# thesis_id# author_id# title content created_at# updated_at#
meeting_note_reference id# meeting_note_id# todo_id# created_at#
telegram_bot_config id# bot_token bot_username webhook_url is_active? notification_types frequency_settings
research_project id# title description researcher_id# frozen? level created_at#
research_project_collaborator id# project_id# collaborator_id# role added_at#
supervisor_role id# researcher_id# granted_by# granted_at# active? created_at# updated_at#
research_project_status id# project_id# status updated_at#
research_project_update id# project_id# author_id# update_type parent_id# status content created_at#
research_project_resource id# project_id# resource_type resource_url description created_at#
research_project_objective id# project_id# author_id# title description status frozen? created_at#
research_project_hypothesis id# project_id# author_id# title description status frozen? created_at#
research_project_todo id# project_id# author_id# title description status priority assigned_to_id# due_date# completed_at# created_at# updated_at#
research_project_meeting_note id# project_id# author_id# title content created_at# updated_at#
research_project_todo_reference id# update_id# todo_id# created_at#
research_project_meeting_note_reference id# meeting_note_id# todo_id# created_at#
orcid_activity id# user_id# title type organization publication_date url external_ids created_at# updated_at#
"""  # noqa: E501 - a line a table
SCHEMA = {line.split()[0]: line.split()[1:] for line in TABLES.strip().splitlines()}
KINDS = {"#": "INTEGER", "?": "BOOLEAN"}
SINCE = {  # version: what it added
    2: {"user_mgmt": {"google_id", "orcid_id", "orcid_access_token", "orcid_refresh_token"}, "orcid_activity": None},
    3: {"thesis": {"short_description", "long_description", "topic", "prerequisites", "is_public"}},
    4: {"thesis": {"publisher_id"}, "thesis_interest": None},
    5: {"thesis_interest": {"status", "handled_at", "handled_by_id"}},
}
THEN = 1_760_000_000
DEFAULTS: dict[str, Any] = {
    "user_type": "student",
    "is_enabled": 1,
    "telegram_enabled": 0,
    "password": "x",
    "active": 1,
    "status": "active",
    "priority": "medium",
    "update_type": "student_update",
    "role": "collaborator",
    "title": "A title",
    "content": "A text",
    "description": "A description",
    "is_public": 0,
    "frozen": 0,
    "is_read": 0,
    "level": "master",
    "resource_type": "link",
    "resource_url": "https://example.org/paper.pdf",
    "notification_type": "new_update",
    "message": "A message",
    "type": "journal-article",
}
TIMES = {"joined_on", "created_at", "updated_at", "assigned_at", "added_at", "granted_at"}
STATUS = {
    "thesis_status": "in progress",
    "research_project_status": "active",
    "thesis_interest": "pending",
    "todo": "pending",
}


class Predecessor:
    """`add("todo", thesis_id=1, …)` fills the columns not named with ordinary values."""

    def __init__(self, path: Path, *, version: int = 5, without: tuple[str, ...] = (), loose: bool = False) -> None:
        self.path = path
        self._next: dict[str, int] = {}
        self._columns = {t: columns for t, columns in _schema(version).items() if t not in without}
        self._connection = sqlite3.connect(path)
        for table, columns in self._columns.items():
            primary = "" if loose else " PRIMARY KEY"
            parts = [f'"{name}" {kind}{primary if name == "id" else ""}' for name, kind in columns.items()]
            self._connection.execute(f'CREATE TABLE "{table}" ({", ".join(parts)})')
        self._connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        self._connection.execute("INSERT INTO alembic_version VALUES (?)", [f"{version:04}"])

    def add(self, table: str, **values: Any) -> int:
        number = values.setdefault("id", self._next.get(table, 1))
        if isinstance(number, int):
            self._next[table] = number + 1
        known = self._columns[table]
        row = {name: self._default(table, name) for name in known} | {k: v for k, v in values.items() if k in known}
        names, marks = ", ".join(f'"{n}"' for n in row), ", ".join("?" * len(row))
        self._connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))  # noqa: S608
        return number

    def user(self, email: str, kind: str = "student", **values: Any) -> int:
        name = email.split("@")[0] if isinstance(email, str) else "somebody"
        return self.add(
            "user_mgmt", **{"email": email, "user_type": kind, "username": name, "name": name.title()} | values
        )

    def done(self) -> Path:
        self._connection.commit()
        self._connection.close()
        return self.path

    def columns(self, table: str) -> list[str]:
        return list(self._columns.get(table, ()))

    def _default(self, table: str, name: str) -> Any:
        if name in TIMES:
            return THEN
        if name == "status":
            return STATUS.get(table.removeprefix("research_project_"), STATUS.get(table, DEFAULTS["status"]))
        return DEFAULTS.get(name)


def _schema(version: int) -> dict[str, dict[str, str]]:
    found = {t: {c.rstrip("#?"): KINDS.get(c[-1], "TEXT") for c in columns} for t, columns in SCHEMA.items()}
    for later in range(version + 1, 6):
        for table, names in SINCE[later].items():
            if names is None:
                found.pop(table, None)
            elif table in found:
                found[table] = {name: kind for name, kind in found[table].items() if name not in names}
    return found
