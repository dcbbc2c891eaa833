"""What was written down: the audit's chain, notices, letters, the search index, incidents."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import DatabaseError, connection, models

from superviseme.events.models import Event
from superviseme.events.queries import broken_seals
from superviseme.notifications.catalog import CATALOG
from superviseme.notifications.models import Notice
from superviseme.ops import incidents
from superviseme.ops.checks import Finding, Probe, Status
from superviseme.outbox.claims import DOUBT
from superviseme.outbox.models import Message, State
from superviseme.search.models import SearchEntry
from superviseme.theses.models import Topic
from superviseme.web.time import now
from superviseme.workspaces.models import Document, Goal, Meeting, Milestone, Todo, Update, Workspace

from .rows import none_of

BEHIND = timedelta(minutes=15)  # more than any tick that goes well
SEARCHED: tuple[type[models.Model], ...] = (Topic, Workspace, Update, Todo, Goal, Milestone, Meeting, Document)
NO_SCHEDULER = "No scheduler runs, or it cannot get through."
STATUS = "./runbook scheduler status"


def _of_searched() -> Iterator[tuple[str, models.QuerySet, models.QuerySet]]:
    for model in SEARCHED:
        label = model._meta.label_lower
        yield label, model._default_manager.all(), SearchEntry.objects.filter(thing=label)


def _not_found() -> Iterator[str]:
    for label, things, entries in _of_searched():
        live = things.filter(deleted_at=None)
        lost = live.exclude(pk__in=entries.values("thing_id")).values_list("pk", flat=True)[:100]
        yield from (f"{label} {pk}" for pk in lost)


def _found_without() -> Iterator[str]:
    for label, things, entries in _of_searched():
        live = things.filter(deleted_at=None)
        lost = entries.exclude(thing_id__in=live.values("pk")).values_list("thing_id", flat=True)[:100]
        yield from (f"{label} {pk}" for pk in lost)


_SQLITE = "SELECT count(*) FROM sqlite_master WHERE name = 'search_words'"
_POSTGRESQL = "SELECT count(*) FROM pg_class WHERE relname = 'search_words'"


def _index() -> Finding:
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if sqlite else _POSTGRESQL)
        if not cursor.fetchone()[0]:
            return Finding(Status.FAILED, "not there")
        if sqlite:
            try:
                cursor.execute("INSERT INTO search_words(search_words) VALUES ('integrity-check')")
            except DatabaseError as problem:
                return Finding(Status.FAILED, str(problem)[:200])
    return Finding()


def _unknown_verbs() -> models.QuerySet[Event]:
    return Event.objects.exclude(verb__in=[str(verb) for verb in CATALOG])


PROBES: tuple[Probe, ...] = (
    none_of(
        "audit.unbroken",
        "no event was changed or removed after it was sealed",
        lambda: (event.pk for event in broken_seals()),
        cause="Somebody wrote into the table of events, or a restore mixed two histories.",
        fix="compare with a backup from before; the first number is where the chain breaks",
    ),
    none_of(
        "audit.sealed",
        "events are sealed within minutes",
        lambda: Event.objects.filter(seal_number=None, at__lt=now() - BEHIND),
        cause=NO_SCHEDULER,
        fix=STATUS,
        status=Status.WARNING,
    ),
    none_of(
        "audit.known",
        "every event is one the catalogue knows",
        _unknown_verbs,
        cause="A newer release wrote them, or they were written past the program.",
        fix="deploy the release that knows them",
        status=Status.WARNING,
    ),
    none_of(
        "notices.dealt_with",
        "notices become letters within minutes",
        lambda: Notice.objects.filter(spread_at=None, created_at__lt=now() - BEHIND),
        cause=NO_SCHEDULER,
        fix=STATUS,
        status=Status.WARNING,
    ),
    none_of(
        "outbox.no_dead_letters",
        "no letter has been given up",
        lambda: Message.objects.filter(state=State.FAILED),
        cause="The receiving server refuses the address, or nobody took the letter for three days.",
        fix="read why at /admin/outbox, mend it, and send it again there",
        status=Status.WARNING,
    ),
    none_of(
        "outbox.not_stuck",
        "no letter has been under way for longer than a delivery takes",
        lambda: Message.objects.filter(state=State.SENDING, claimed_at__lt=now() - 2 * DOUBT),
        cause="The scheduler was killed while it sent, and none has taken over.",
        fix=STATUS,
    ),
    none_of(
        "outbox.flowing",
        "no letter that is due has waited for longer than minutes",
        lambda: Message.objects.filter(state=State.WAITING, due_at__lt=now() - BEHIND),
        cause=f"{NO_SCHEDULER} Or the outbox is held after a restore.",
        fix=STATUS,
        status=Status.WARNING,
    ),
    none_of(
        "outbox.sent_once",
        "every sent letter says when",
        lambda: Message.objects.filter(state=State.SENT, sent_at=None),
        cause="Rows were written past the program.",
        fix="set sent_at",
    ),
    Probe(
        "search.index",
        "",
        "the full-text index is there and whole",
        _index,
        "It is not part of a dump made by other tools, or the file was damaged.",
        "./runbook migrate on a copy, or rebuild: INSERT INTO search_words(search_words) VALUES ('rebuild')",
    ),
    none_of(
        "search.complete",
        "everything that can be found is in the index",
        _not_found,
        cause="Rows were written past the program.",
        fix="save the things again",
        status=Status.WARNING,
    ),
    none_of(
        "search.nothing_gone",
        "nothing deleted can be found",
        _found_without,
        cause="Rows were deleted past the program.",
        fix="remove the entries from search_searchentry",
    ),
    none_of(
        "incidents.owned",
        "every incident has somebody who follows it up",
        lambda: (page.name for page in incidents.unowned()),
        cause="An automatic rollback wrote the page and nobody has taken it.",
        fix="./runbook incident --of FILE --owner NAME",
        status=Status.PERSON,
        clause="5.5",
    ),
)
