"""supervisor_role becomes grants of the role supervisor, with who gave them and when they ended."""

from superviseme.accounts.models import Grant
from superviseme.policy.roles import Role

from .ledger import Ledger
from .reader import Source
from .rows import Row


def import_grants(source: Source, ledger: Ledger) -> None:
    users: dict[int | None, Row] = {row.id: row for row in source.rows("user_mgmt")}
    held = dict(Grant.objects.filter(role=Role.SUPERVISOR, revoked_at=None).values_list("person", "pk"))
    pairs: list[tuple[Row, Grant]] = []
    merged: list[tuple[Row, int]] = []
    taken: set[int] = set()
    rows = ledger.new(source.rows("supervisor_role"))
    for row in sorted(rows, key=lambda row: row.ref("researcher_id") not in ledger.founders):
        number = row.ref("researcher_id")
        person, active = ledger.person(number), row.flag("active", missing=True)
        kind = users[number].word("user_type") if number in users else ""
        if person is None:
            row.refuse("its researcher is not in the file")
        elif kind not in ("researcher", "supervisor"):
            row.refuse("a grant counted for researchers only, and this user is none")
        elif active and person in held:
            ledger.merge(row, "accounts.grant", held[person], "the person may supervise already")
        elif active and person in taken:
            merged.append((row, person))
        elif kind != "researcher" or (active and number not in ledger.founders):
            row.refuse("the account is another row's or was here already; importing gives it no further role")
        else:
            pairs.append((row, _grant(row, person, active, ledger)))
            taken |= {person} if active else set()
    kept = ledger.keep(pairs)
    given = {grant.person_id: grant.pk for _, grant in kept if grant.revoked_at is None}
    for row, person in merged:
        ledger.merge(row, "accounts.grant", given.get(person, 0), "the same right was granted twice")


def _grant(row: Row, person: int, active: bool, ledger: Ledger) -> Grant:
    granted = row.time("granted_at") or row.time_or("created_at", ledger.moment)
    ended = None if active else max(row.time("updated_at") or granted, granted)
    giver = ledger.person(row.ref("granted_by"))
    if giver is None:
        row.note("granted_by", "this user is not in the file; left open who granted it")
    return Grant(person_id=person, role=Role.SUPERVISOR, granted_by_id=giver, granted_at=granted, revoked_at=ended)
