"""Invitations as pages show them."""

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from superviseme.accounts.models import Invitation, Person
from superviseme.web.paging import Page, keyset_page
from superviseme.web.time import now

from .actions import key_hash

STATES = ("open", "prepared", "accepted", "withdrawn", "expired")


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
    return keyset_page(rows, order=("-created_at", "-pk"), after=after)


def by_key(key: str) -> Invitation | None:
    """The invitation this key still opens."""
    found = Invitation.objects.select_related("invited_by").filter(token_hash=key_hash(key)).first()
    settled = found is None or found.accepted_at or found.withdrawn_at or found.expires_at <= now()
    return None if settled else found


def _state() -> Case:
    return Case(
        When(accepted_at__isnull=False, then=Value("accepted")),
        When(withdrawn_at__isnull=False, then=Value("withdrawn")),
        When(sent_at=None, then=Value("prepared")),
        When(expires_at__lte=now(), then=Value("expired")),
        default=Value("open"),
        output_field=CharField(),
    )
