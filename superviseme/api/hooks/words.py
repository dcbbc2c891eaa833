"""What a webhook is told: notices as JSON, and how that is signed."""

import hmac
import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from superviseme.accounts.language import language_of
from superviseme.accounts.models import Person
from superviseme.notifications.inbox.queries import with_words
from superviseme.notifications.models import Notice
from superviseme.notifications.sentences import link_for
from superviseme.outbox.letters import link_to
from superviseme.outbox.models import Channel, Message
from superviseme.outbox.post import message_id
from superviseme.web.time import now

from .models import Hook


def message_of(hook: Hook, person: Person, *, key: str, letter: str, notices: Iterable[Notice]) -> Message:
    """For the outbox. The address is looked up again when it goes."""
    moment = now()
    with translation.override(language_of(person)):
        told = [_told(notice) for notice in with_words(list(notices))]
        words = ngettext("%(n)s notice for %(host)s", "%(n)s notices for %(host)s", len(told))
        subject = words % {"n": len(told), "host": hook.host} if told else _("A test")
    number = message_id(key, moment)
    said = {"delivery": number.strip("<>").partition("@")[0], "kind": letter, "person": person.pk, "notices": told}
    return Message(
        key=key[:200],
        channel=Channel.WEBHOOK,
        letter=letter,
        to=hook.host[:320],
        to_name=person.full_name[:200],
        recipient_id=person.pk,
        subject=subject[:300],
        text=json.dumps(said, ensure_ascii=False),
        message_id=number,
        created_at=moment,
        due_at=moment,
    )


def headers_of(message: Message, secret: str) -> dict[str, str]:
    """The signature covers the moment, so that what was overheard cannot be told again later."""
    moment = str(int(now().timestamp()))
    figure = hmac.new(secret.encode(), f"{moment}.{message.text}".encode(), sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "SuperviseMe-Delivery": message.message_id.strip("<>").partition("@")[0],
        "SuperviseMe-Timestamp": moment,
        "SuperviseMe-Signature": f"v1={figure}",
    }


def _told(notice: Any) -> dict[str, Any]:
    event = notice.event
    return {
        "id": notice.pk,
        "verb": event.verb,
        "at": event.at.isoformat(),
        "who": notice.who,
        "says": notice.says,
        "title": event.title,
        "place": notice.place or "",
        "workspace": event.workspace_number,
        "link": link_to(link) if (link := link_for(event, notice.recipient_id)) else "",
    }
