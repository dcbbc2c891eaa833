"""user_mgmt becomes people: one for each e-mail address in whatever case, roles as grants, passwords where they fit."""

import re
from collections import defaultdict

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from superviseme.accounts.invitations.actions import prepare
from superviseme.accounts.models import Grant, Person
from superviseme.accounts.signin.legacy import convert_werkzeug
from superviseme.policy.roles import Role

from .ledger import Ledger
from .reader import Source
from .rows import Row

UNKNOWN = "predecessor.invalid"
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.ASCII)
SECRETS = ("orcid_access_token", "orcid_refresh_token")
NOT_TAKEN = {
    "telegram_user_id": "nothing proved whose it is; Telegram must be connected again",
    "google_id": "signing in with Google finds the account by its e-mail address",
    "profile_pic": "pictures lie on another host and are not fetched",
}


def import_users(source: Source, ledger: Ledger) -> None:
    here = dict(Person.objects.values_list("email", "pk"))
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in ledger.new(source.rows("user_mgmt")):
        groups[_address(row)].append(row)
    leading = {}
    for address, rows in groups.items():
        if address in here:
            for row in rows:
                ledger.merge(
                    row,
                    "accounts.person",
                    here[address],
                    "the person has an account here already, which stays as it is",
                )
        else:
            leading[address] = next((row for row in rows if _enabled(row)), rows[0])
    pairs = ledger.keep([(row, _person(row, address, ledger)) for address, row in leading.items()])
    for row, person in pairs:
        ledger.founders.add(row.id)
        for other in groups[person.email]:
            if other is not leading[person.email]:
                _fold(other, leading[person.email], person, ledger)
    _grant_and_invite(pairs, ledger)


def may_supervise(source: Source) -> set[int]:
    """Users who might supervise there: supervisors, administrators, researchers with a grant that is active."""
    granted = {row.ref("researcher_id") for row in source.rows("supervisor_role") if row.flag("active", missing=True)}
    found = set()
    for row in source.rows("user_mgmt"):
        kind = row.word("user_type")
        if kind in ("supervisor", "admin") or (kind == "researcher" and row.id in granted):
            found.add(row.id)
    return found


def role_of(row: Row) -> Role | None:
    """Word for word, as there: an unknown one opened nothing."""
    kind = row.word("user_type") if "user_type" in row.values else Role.STUDENT
    return Role(kind) if kind in Role.values else None


def _address(row: Row) -> str:
    value = row.line("email").lower()
    if "@" not in value.strip("@") or " " in value or len(value) > 254:
        row.note("email", "is no e-mail address; the account is disabled until an administrator gives it one")
        return f"user-{row.id}@{UNKNOWN}"
    if value != row.word("email"):
        row.note("email", "is kept in lower case, without blanks around it")
    return value


def _enabled(row: Row) -> bool:
    return row.flag("is_enabled", missing=True, empty=False)


def _person(row: Row, address: str, ledger: Ledger) -> Person:
    joined = row.time_or("joined_on", ledger.moment)
    password = convert_werkzeug(row.word("password"))
    for column, reason in NOT_TAKEN.items():
        if row.word(column):
            row.note(column, reason)
    if any(row.word(column) for column in SECRETS):
        row.note("orcid_access_token", "secrets are not taken over; ORCID must be connected again")
    return Person(
        email=address,
        name=row.line("name", 150),
        surname=row.line("surname", 150),
        password=password if password and len(password) <= 128 else make_password(None),
        is_active=_enabled(row) and not address.endswith(f"@{UNKNOWN}"),
        joined_at=joined,
        approved_at=joined,
        last_seen_at=row.time("last_activity"),
        last_seen_place=row.line("last_activity_location", 100),
        degree_course=row.line("cdl", 150),
        gender=row.line("gender", 30),
        nationality=row.line("nationality", 60),
        orcid=_orcid(row),
    )


def _orcid(row: Row) -> str:
    value = row.line("orcid_id").upper().rsplit("/", 1)[-1]
    if ORCID.fullmatch(value):
        return value
    if value:
        row.note("orcid_id", "is no ORCID iD; not taken over")
    return ""


def _fold(row: Row, leading: Row, person: Person, ledger: Ledger) -> None:
    reason = f"the same e-mail address as user {leading.id}, whose name, password and role count"
    if role_of(row) != role_of(leading):
        reason += f"; the role «{row.line('user_type')[:20]}» is not added to it"
    ledger.merge(row, "accounts.person", person.pk, reason)


def _grant_and_invite(pairs: list[tuple[Row, Person]], ledger: Ledger) -> None:
    grants = []
    for row, person in pairs:
        role = role_of(row)
        if role is None:
            row.note("user_type", f"«{row.line('user_type')[:20]}» is no role; the account has none")
        else:
            grants.append(Grant(person=person, role=role, granted_at=person.joined_at))
        if not person.password.startswith("!"):
            continue
        if role is None or not person.is_active or not _can_be_written_to(person.email):
            row.note("password", "the hash cannot be taken over; an administrator can invite this person")
        else:
            row.note("password", "the hash cannot be taken over; an invitation is prepared and not sent")
            prepare(email=person.email, role=role, by=None, name=person.name, surname=person.surname, person=person)
    ledger.add(grants)


def _can_be_written_to(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
