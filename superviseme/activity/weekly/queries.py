"""What was sent, for the pages about the Monday letters."""

from collections import Counter
from typing import Any

from django.db.models import OuterRef, Subquery

from superviseme.accounts.models import BY_NAME, Person
from superviseme.outbox.models import Message, State
from superviseme.policy.roles import Role, Seat
from superviseme.site.table import DAYS
from superviseme.site.values import setting
from superviseme.web.paging import Page, keyset_page
from superviseme.workspaces.models import Member

from .facts import under_way

LETTERS = ("weekly", "plan")


def schedule() -> dict[str, Any]:
    """On which day, at which hour, in which zone; and whether at all."""
    return {
        "on": setting("weekly_report"),
        "day": DAYS[str(setting("weekly_day"))],
        "hour": f"{setting('weekly_hour'):02d}:00",
        "zone": setting("time_zone"),
    }


def sent_to(person: Person) -> list[Message]:
    rows = Message.objects.filter(recipient_id=person.pk, letter__in=LETTERS)
    return list(rows.defer("text", "html").order_by("-pk")[:15])


def weeks() -> list[tuple[str, Counter[str]]]:
    """(week, how many letters by state), the newest first."""
    rows = Message.objects.filter(letter__in=LETTERS).order_by("-pk").values_list("key", "state")[:5000]
    found: dict[str, Counter[str]] = {}
    for key, state in rows:
        found.setdefault(key.split(":")[2], Counter())[state] += 1
    return sorted(found.items(), reverse=True)[:12]


def supervisors_page(*, after: str = "") -> Page:
    """Who gets the report, each with `.sent_at` of the newest."""
    seated = Member.objects.filter(seat=Seat.SUPERVISOR, workspace__in=under_way()).values("person")
    letters = Message.objects.filter(recipient_id=OuterRef("pk"), letter="weekly")
    newest = letters.exclude(state=State.FAILED).order_by("-pk")
    rows = Person.objects.active().with_role(Role.SUPERVISOR).filter(pk__in=seated, is_smoke=False)
    rows = rows.select_related("habits").annotate(sent_at=Subquery(newest.values("created_at")[:1]))
    return keyset_page(rows.alphabetical(), order=BY_NAME, after=after)
