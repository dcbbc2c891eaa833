from django.conf import settings
from django.db.models import Count, Q

from superviseme.outbox.letters import SECRET
from superviseme.outbox.models import Message, State
from superviseme.web.paging import Page, keyset_page

DOUBT = "doubt"
"""Stands beside the states: handed over without an answer, so that it may arrive twice."""


def messages(*, state: str = "", q: str = "", after: str = "") -> Page:
    """Letters, newest first, without their bodies."""
    found = Message.objects.defer("text", "html", "headers")
    if state == DOUBT:
        found = found.filter(possible_copies__gt=0)
    elif state in State.values:
        found = found.filter(state=state)
    if q:
        found = found.filter(Q(to__icontains=q) | Q(subject__icontains=q) | Q(to_name__icontains=q))
    return keyset_page(found, order=("-pk",), after=after)


def counts() -> dict[str, int]:
    return dict(Message.objects.values_list("state").annotate(n=Count("pk")).order_by())


def is_hidden(message: Message) -> bool:
    """A letter that opens an account is for its recipient alone, unless the mailbox here is the only way to read it."""
    return message.letter in SECRET and bool(settings.MAIL_SERVER)
