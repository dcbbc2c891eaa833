"""A person's webhook: opened, renewed, tried, closed. It is its owner's alone, so the law has nothing to say here."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from superviseme.accounts.letters import write_to
from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import hold
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox import claims
from superviseme.outbox.letters import link_to
from superviseme.outbox.models import Channel, Message
from superviseme.outbox.post import post_all
from superviseme.policy.check import NotAllowed
from superviseme.web.sealed import seal
from superviseme.web.time import now

from .models import Hook
from .words import message_of

PAGE = "/profile/webhook"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
PATIENCE = timedelta(days=3)
LOCKED = "The secret of this webhook cannot be read any more: its owner has to give it a new one."
WELL = {"failures": 0, "failing_since": None, "quiet_until": None, "problem": ""}


@transaction.atomic
def open_hook(*, by: Person, address: str) -> str:
    """The secret when it is a new one, else "": another address keeps one that can be read. What was switched off goes
    on. Its owner is told by mail."""
    hold(by)
    hook = Hook.objects.filter(person=by).first()
    secret = "" if hook and hook.secret else _new_secret()
    opened = {"address": address, "opened_at": now(), "closed_at": None, **WELL}
    sealed = {"sealed_secret": seal(secret)} if secret else {}
    hook, _made = Hook.objects.update_or_create(person=by, defaults={**opened, **sealed})
    _opened(hook)
    return secret


@transaction.atomic
def renew_secret(*, by: Person) -> str:
    """Everything told from now on is signed by another secret."""
    secret = _new_secret()
    if not Hook.objects.filter(person=by).update(sealed_secret=seal(secret), **WELL):
        raise NotAllowed(_("There is no webhook."))
    _opened(Hook.objects.get(person=by), renewed=True)
    return secret


@transaction.atomic
def close_hook(*, by: Person) -> None:
    """What waits for it is not sent."""
    if Hook.objects.filter(person=by).delete()[0]:
        _drop_waiting(by.pk)
        announce(Verb.WEBHOOK_CLOSED, by, by=by, title="", link=PAGE)


@transaction.atomic
def send_test(*, by: Person) -> None:
    """A word by the way of every other."""
    hook = Hook.objects.filter(person=by, closed_at=None).first()
    if hook is None:
        raise NotAllowed(_("There is no webhook to try."))
    if hook.secret is None:
        raise NotAllowed(_("The secret of this webhook cannot be read any more. Give it a new one first."))
    key = f"webhook-test:{by.pk}:{now().isoformat()}"
    post_all([message_of(hook, by, key=key, letter="test", notices=[])])


def took(hook: Hook) -> None:
    Hook.objects.filter(pk=hook.pk).update(told_at=now(), **WELL)
    hook.failures, hook.quiet_until = 0, None


@transaction.atomic
def failed(hook: Hook, why: str, *, until: datetime | None = None, gone: bool = False) -> None:
    """Left alone for a while; after three days of nothing else, or when it says that it is gone, switched off with a notice."""
    moment, since = now(), hook.failing_since or now()
    pause = min(FIRST_PAUSE * 2 ** min(hook.failures, 12), LONGEST_PAUSE)
    hook.failures, hook.failing_since = hook.failures + 1, since
    hook.quiet_until = max(until or moment, moment + pause)
    row = Hook.objects.filter(pk=hook.pk, closed_at=None, address=hook.address)
    named = ("failures", "failing_since", "quiet_until")
    row.update(**{name: getattr(hook, name) for name in named}, problem=why[:300])
    if (gone or moment - since >= PATIENCE) and row.update(closed_at=moment):
        hook.closed_at = moment
        _drop_waiting(hook.person_id)
        _tell_owner(Verb.WEBHOOK_LOST, hook)


@transaction.atomic
def locked(hook: Hook) -> None:
    """Nothing can be signed: its owner is told once, and what is to be told waits like behind any other failure."""
    if hook.problem != LOCKED:
        _tell_owner(Verb.WEBHOOK_LOCKED, hook)
    failed(hook, LOCKED)


def forget_former_members() -> int:
    return Hook.objects.exclude(person__erased_at=None).delete()[0]


def _opened(hook: Hook, *, renewed: bool = False) -> None:
    owner, key = hook.person, f"webhook_opened:{hook.person_id}:{now().isoformat()}"
    announce(Verb.WEBHOOK_OPENED, owner, by=owner, title="", link=PAGE)
    write_to(owner, "webhook_opened", key=key, host=hook.host, renewed=renewed, link=link_to(PAGE))


def _tell_owner(verb: Verb, hook: Hook) -> None:
    """By the site; the audit names whose it is."""
    owner = hook.person
    announce(verb, owner, by=None, to=[owner], title=hook.host, link=PAGE, person=owner.pk)


def _new_secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


def _drop_waiting(person: int) -> None:
    claims.drop(Message.objects.filter(channel=Channel.WEBHOOK, recipient_id=person))
