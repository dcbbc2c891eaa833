"""Drops traces that have served their time: ended sessions, failed guesses, letters that nobody reads again."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q

from superviseme.accounts.models import SignInFailure
from superviseme.api.hooks import actions as hooks
from superviseme.api.models import Feed, Token
from superviseme.outbox import journal
from superviseme.outbox.models import Message, State
from superviseme.pictures import actions as pictures
from superviseme.publications.models import OrcidSync, Publication
from superviseme.site.values import setting
from superviseme.telegram.chats.actions import forget_former_members
from superviseme.web.time import now

GUESSES_KEPT = timedelta(days=1)
DEAD_TOKENS_KEPT = timedelta(days=30)


def forget_what_expired(fence: Callable[[], None] = lambda: None) -> str:
    fence()
    moment = now()
    sessions, _ = Session.objects.filter(expire_date__lt=moment).delete()
    guesses, _ = SignInFailure.objects.filter(at__lt=moment - GUESSES_KEPT).delete()
    letters, _ = Message.objects.filter(
        state=State.SENT, sent_at__lt=moment - timedelta(days=setting("letters_days"))
    ).delete()
    works, _ = Publication.objects.exclude(owner__erased_at=None).delete()
    records, _ = OrcidSync.objects.exclude(person__erased_at=None).delete()  # the iD names who was made anonymous
    dead = Q(revoked_at__lt=moment - DEAD_TOKENS_KEPT) | Q(expires_at__lt=moment - DEAD_TOKENS_KEPT)
    tokens, _ = Token.objects.filter(dead | Q(person__erased_at__isnull=False)).delete()
    feeds, _ = Feed.objects.exclude(person__erased_at=None).delete()
    dropped = {
        "entries of former members": works,
        "ORCID records of former members": records,
        "access tokens": tokens,
        "calendars of former members": feeds,
        "chats of former members": forget_former_members(),
        "webhooks of former members": hooks.forget_former_members(),
        "pictures of former members": pictures.forget_former_members(),
        "sessions": sessions,
        "failed sign-ins": guesses,
        "old letters": letters,
        "months of the journal": journal.drop_old(),
    }
    return ", ".join(f"{count} {name}" for name, count in dropped.items() if count)
