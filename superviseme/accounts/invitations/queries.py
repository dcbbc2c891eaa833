"""Invitations as pages show them."""

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Substr

from superviseme.accounts.models import Invitation, Person
from superviseme.outbox.models import Message, State
from superviseme.web.paging import Page, keyset_page
from superviseme.web.time import now

from .actions import key_hash, letter_key

STATES = ("open", "prepared", "accepted", "withdrawn", "expired", "undelivered")


def visible_to(person: Person) -> QuerySet[Invitation]:
    """Administrators see all, others what they sent."""
    return Invitation.objects.all() if person.is_admin else Invitation.objects.filter(invited_by=person)


def invitations(person: Person, *, own: bool = False, q: str = "", state: str = "", after: str = "") -> Page:
    rows = visible_to(person).select_related("invited_by", "person").annotate(state=_state())
    if own:
        rows = rows.filter(invited_by=person)
    if q:
        rows = rows.filter(Q(email__icontains=q) | Q(name__icontains=q) | Q(surname__icontains=q))
    if state in STATES:
        rows = rows.filter(state=state)
    page = keyset_page(rows, order=("-created_at", "-pk"), after=after)
    _give_letters([row for row in page.rows if row.state == "undelivered"])
    return page


def by_key(key: str) -> Invitation | None:
    """The invitation this key still opens."""
    found = Invitation.objects.select_related("invited_by").filter(token_hash=key_hash(key)).first()
    settled = found is None or found.accepted_at or found.withdrawn_at or found.expires_at <= now()
    return None if settled else found


def _give_letters(rows: list[Any]) -> None:
    """The letter of each, with the reason why it was given up."""
    keys = {letter_key(row): row for row in rows}
    for letter in Message.objects.filter(key__in=keys).defer("text", "html") if keys else ():
        keys[letter.key].letter = letter


def _state() -> Case:
    number, part = Cast(OuterRef("pk"), CharField()), Substr(OuterRef("token_hash"), 1, 16)
    key = Concat(Value("invitation:"), number, Value(":"), part)  # as `letter_key` has it
    return Case(
        When(accepted_at__isnull=False, then=Value("accepted")),
        When(withdrawn_at__isnull=False, then=Value("withdrawn")),
        When(sent_at=None, then=Value("prepared")),
        When(expires_at__lte=now(), then=Value("expired")),
        When(Exists(Message.objects.filter(key=key, state=State.FAILED)), then=Value("undelivered")),
        default=Value("open"),
        output_field=CharField(),
    )
