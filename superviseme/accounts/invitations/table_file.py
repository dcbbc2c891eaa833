"""A list of people as a spreadsheet program writes it: one a line, with what is wrong in it beside the line."""

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from superviseme.accounts.models import Invitation, Person
from superviseme.policy.roles import Role
from superviseme.web.text import one_line

MOST_LINES = 500
MOST_BYTES = 256 * 1024
COLUMNS = {  # what a heading may be called
    "email": ("email", "e-mail", "mail", "address"),
    "name": ("name", "first name", "firstname", "given name"),
    "surname": ("surname", "family name", "last name", "lastname"),
    "role": ("role",),
}


class Unreadable(Exception):
    """Why the list as a whole cannot be read; in words."""


@dataclass
class Row:
    """One line: who is to be invited, and what is wrong with it."""

    line: int
    email: str
    name: str = ""
    surname: str = ""
    role: str = Role.STUDENT
    error: str = ""


def decoded(data: bytes) -> str:
    """Text of a file; spreadsheet programs write UTF-8, the code page of their system, or as «Unicode text» UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").replace("\x00", "")
    try:
        return data.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").replace("\x00", "")


def read_people(text: str, *, role: Role) -> list[Row]:
    """The lines in order, each looked at; `role` is for those that name none. Raises Unreadable."""
    found = list(_lines(text))
    order, found = _order(found)
    if not found:
        raise Unreadable(_("There is no line with an address in it."))
    if len(found) > MOST_LINES:
        raise Unreadable(
            _("These are %(n)s lines; at most %(most)s at a time.") % {"n": len(found), "most": MOST_LINES}
        )
    rows = [_row(line, cells, order, role) for line, cells in found]
    _compare(rows)
    return rows


def _lines(text: str) -> list[tuple[int, list[str]]]:
    text = text.replace("\x00", "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [(reader.line_num, [one_line(cell) for cell in cells]) for cells in reader]
    except csv.Error as problem:
        raise Unreadable(_("Line %(n)s cannot be read.") % {"n": reader.line_num}) from problem
    return [(line, cells) for line, cells in rows if any(cells)]


def _order(rows: list[tuple[int, list[str]]]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Which column is what: by the headings when there are any, else as COLUMNS stands."""
    if not rows or any("@" in cell for cell in rows[0][1]):
        return list(COLUMNS), rows
    known = {word: column for column, words in COLUMNS.items() for word in words}
    headings = [known.get(cell.lower(), "") for cell in rows[0][1]]
    if "email" not in headings:
        raise Unreadable(_("The first line has neither an address nor a heading “e-mail”."))
    return headings, rows[1:]


def _row(line: int, cells: list[str], order: list[str], role: Role) -> Row:
    given = {column: cell for column, cell in zip(order, cells, strict=False) if column}
    row = Row(line=line, email=given.get("email", "").lower(), role=role)
    row.name, row.surname = given.get("name", ""), given.get("surname", "")
    wanted = given.get("role", "")
    if wanted:
        words = {value: value for value in Role.values} | {str(one.label).lower(): one.value for one in Role}
        row.role = words.get(wanted.lower(), "")
    row.error = _wrong(row, wanted)
    return row


def _wrong(row: Row, wanted: str) -> str:
    try:
        validate_email(row.email)
    except ValidationError:
        return _("This is no e-mail address.")
    if len(row.email) > 254 or len(row.name) > 150 or len(row.surname) > 150:
        return _("This is too long.")
    if not row.role:
        return _("There is no role «%(role)s».") % {"role": wanted[:40]}
    return ""


def _compare(rows: list[Row]) -> None:
    """With each other, and with those who are here or invited already; in two queries."""
    emails = [row.email for row in rows if not row.error]
    here = {p.email for p in Person.objects.filter(email__in=emails) if p.has_usable_password() or not p.is_active}
    waiting = set(
        Invitation.objects.filter(email__in=emails, accepted_at=None, withdrawn_at=None).values_list("email", flat=True)
    )
    times = Counter(emails)
    seen: set[str] = set()
    for row in rows:
        if row.error:
            continue
        if row.email in here:
            row.error = _("Has an account already.")
        elif row.email in waiting:
            row.error = _("Is invited already.")
        elif times[row.email] > 1 and row.email in seen:
            row.error = _("Stands above already.")
        seen.add(row.email)
