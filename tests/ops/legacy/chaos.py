"""Databases nobody would make on purpose: every kind of value in every kind of column."""

import random
from pathlib import Path
from typing import Any

from .predecessor import SCHEMA, THEN, Predecessor

TEXTS = [
    None,
    "",
    "   ",
    "plain words",
    "nul\x00 and \x07 bell",
    "a\u202eb\u2066c",
    "<script>alert(1)</script>",
    "O'Clark & Söhne «ß» İ",
    "日本語の題" * 50,
    "👩‍👩‍👧 " * 40,
    "x" * 4000,
    '@todo:1 and #todo-2 and @todo:"plain" @todo:99999999999',
    "%s %(name)s {braces}",
    b"\xff\xfe\x00bytes",
    12345,
    3.5,
    "line one\r\nline two\rline three",
    "é",
    "\ud7ff\ue000\ufffd",
]
NUMBERS = [None, 0, -1, 1, 2, 3, 2**31, 2**40, 2**63 - 1, -(2**63), "7", "seven", "", 1.5, float("inf"), b"\x01"]
TIMES = [
    THEN,
    THEN + 1,
    0,
    -5,
    THEN * 1000,
    THEN * 10**6,
    10**15,
    2**63 - 1,
    "2024-05-06 07:08:09",
    "soon",
    "",
    None,
    1.5e9,
    b"x",
]
FLAGS = [0, 1, None, "true", "False", "maybe", 2, b"1", ""]
WORDS: dict[str, list[Any]] = {
    "user_type": ["student", "supervisor", "researcher", "admin", "wizard", "Admin", "", None, "student "],
    "status": ["active", "pending", "completed", "cancelled", "accepted", "declined", "closed", "Almost Done", "frozen", None, "?", "in-progress"],
    "priority": ["low", "medium", "high", "now", None],
    "update_type": ["student_update", "supervisor_update", "supervisor_comment", "feedback", "issue", "milestone", "odd", None],
    "level": ["bachelor", "phd", "pilot", "full-scale", "kindergarten", None, ""],
    "resource_url": ["https://example.org/a", "HTTP://Example.org", "javascript:alert(1)", "java\nscript:x", "//x", "https://", "http://[x", " data:x", None, "file:///etc/passwd", "https://a b"],
    "url": ["https://doi.org/10.1/x", "javascript:alert(1)", None, ""],
    "external_ids": ['[{"type": "doi", "value": "10.1/x"}]', "[[[", "{}", "null", '[1, "a"]', None, "[" * 5000],
    "publication_date": ["2024", "2024-05", "May 2024", None, "x" * 40],
    "email": ["a@example.org", "A@Example.org", " a@example.org ", "b@example.org", "no address", "", None, "@", "ünï@example.org", "x" * 300 + "@example.org", "c d@example.org"],
    "password": ["pbkdf2:sha256:1000$salt$" + "0" * 64, "pbkdf2:sha256:99999999999$salt$00", "scrypt:32768:8:1$a$b", "", None, "pbkdf2:sha256:1$" + "s" * 120 + "$" + "a" * 64],
    "notification_type": ["new_update", "new_feedback", "thesis_interest", "todo_assigned", "odd", None],
    "action_url": ["/student/thesis#update-1", "/x", None, "javascript:alert(1)"],
    "orcid_id": ["0000-0001-2345-678X", "nothing", None],
    "tag": ["ml", "ML", " ml ", "", None, "ß", "x" * 80],
}  # fmt: skip


def chaotic(path: Path, seed: int, rows: int = 6) -> Path:
    """A database in which nothing can be relied on; the same one for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    loose = dice.random() < 0.3
    there = [table for table in SCHEMA if table == "user_mgmt" or dice.random() < 0.92]
    database = Predecessor(path, version=dice.randint(1, 5), without=tuple(set(SCHEMA) - set(there)), loose=loose)
    for table in there:
        for _ in range(dice.randint(0, rows)):
            values = {name: _value(dice, name) for name in database.columns(table) if name != "id"}
            if loose and dice.random() < 0.3:
                values["id"] = dice.choice([1, 1, None, "1", "x", 2**40, -3])
            if not loose and dice.random() < 0.05:
                values["id"] = dice.choice([2**40, 2**62, -7, 0]) + dice.randint(0, 10**6)
            if database.columns(table):
                database.add(table, **values)
    return database.done()


def _value(dice: random.Random, name: str) -> Any:
    usual = dice.random() < 0.6
    if name.endswith("_id") and name not in ("google_id", "orcid_id", "telegram_user_id") or name == "granted_by":
        return dice.randint(1, 6) if usual else dice.choice(NUMBERS)
    if name.endswith(("_at", "_on", "_date")) and name != "publication_date" or name == "last_activity":
        return THEN + dice.randint(0, 10**6) if usual else dice.choice(TIMES)
    if name.startswith("is_") or name in ("active", "frozen", "telegram_enabled", "telegram_sent"):
        return dice.choice(FLAGS)
    if name in WORDS:
        return dice.choice(WORDS[name])
    return dice.choice(TEXTS)
