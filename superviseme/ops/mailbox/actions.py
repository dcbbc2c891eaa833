from django.db import transaction
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.letters import write_to
from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox.letters import link_to
from superviseme.outbox.models import Message, State
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.web.time import now


@transaction.atomic
def retry(message: Message, *, by: Person) -> None:
    """A failed message is due again, now, with fresh three days. One that is on its way already is left alone."""
    require(by, Action.SITE_MANAGE)
    if message.state == State.FAILED and not message.text:
        raise NotAllowed(_("The words of this message are gone, so it cannot be sent again."))
    moment = now()
    again = Message.objects.filter(pk=message.pk, state__in=[State.FAILED, State.WAITING])
    if again.update(state=State.WAITING, due_at=moment, created_at=moment, attempts=0) == 1:
        announce(Verb.MESSAGE_RETRIED, message, by=by, title="", link="")
    message.refresh_from_db()


@transaction.atomic
def send_test(*, by: Person) -> Message:
    """A letter to oneself by the way of every other; what becomes of it stands on its page."""
    require(by, Action.SITE_MANAGE)
    key = f"test:{by.pk}:{now().isoformat()}"
    write_to(by, "test", key=key, link=link_to("/admin/outbox"))
    message = Message.objects.get(key=key)
    announce(Verb.MAIL_TESTED, message, by=by, title="", link="")
    return message
