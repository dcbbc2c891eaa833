"""What people do with their tokens. Each is its owner's alone, so the law has nothing to say here."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import ngettext

from superviseme.accounts.letters import write_to
from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import hold
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox.letters import link_to
from superviseme.policy.check import NotAllowed
from superviseme.web.addresses import reverse
from superviseme.web.time import now

from .models import Token
from .queries import PREFIX, hash_of

MOST = 50  # alive at once
EVERY = timedelta(minutes=5)


@transaction.atomic
def make_token(*, by: Person, label: str, days: int, areas: Iterable[str], writes: bool = False) -> tuple[Token, str]:
    """A new token and its secret, which is known to nobody afterwards. Its owner is told by mail."""
    hold(by)
    if Token.objects.live().filter(person=by).count() >= MOST:
        too_many = ngettext(
            "You have %(n)s token. End it if you no longer need it.",
            "You have %(n)s tokens. End one that you no longer need.",
            MOST,
        )
        raise NotAllowed(too_many % {"n": MOST})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=by,
        label=label,
        token_hash=hash_of(secret),
        ending=secret[-4:],
        writes=writes,
        areas=sorted(areas),
        expires_at=now() + timedelta(days=days),
    )
    _announce(Verb.ACCESS_GIVEN, token)
    words: dict[str, Any] = {"label": label, "writes": writes, "expires": token.expires_at}
    write_to(by, "token_made", key=f"token_made:{token.pk}", link=link_to(reverse("tokens")), **words)
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: Person) -> None:
    """From now on it opens nothing."""
    if Token.objects.filter(pk=token.pk, person=by, revoked_at=None).update(revoked_at=now()):
        _announce(Verb.ACCESS_REVOKED, token)


def note_use(token: Token) -> None:
    """Outside the transaction of what it is used for."""
    moment = now()
    if token.used_at and moment - token.used_at < EVERY:
        return
    try:
        Token.objects.filter(pk=token.pk).update(used_at=moment)
    except DatabaseError:
        return  # being seen is not worth a failed answer


def _announce(verb: Verb, token: Token) -> None:
    facts = {"writes": token.writes, "areas": token.areas, "ending": token.ending}
    announce(verb, token.person, by=token.person, title=token.label, link="/profile/tokens", **facts)
