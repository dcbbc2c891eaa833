"""What people do with topics, and how their places are counted."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import hold as take_turn
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.search.index import reindex
from superviseme.web.answers import Stale
from superviseme.web.time import now
from superviseme.workspaces.things import mark_deleted, mark_restored

from ..models import Interest, InterestState, Keyword, Topic, TopicState, TopicSupervisor
from .queries import recent_topic
from .words import taken_words

FIELDS = ("title", "summary", "description", "prerequisites", "area", "level", "capacity")


@transaction.atomic
def create_topic(
    *, by: Person, supervisors: Iterable[Person], keywords: Iterable[str] = (), publish: bool = False, **facts: Any
) -> Topic:
    """A new offer, as a draft unless published at once; `facts` are the FIELDS."""
    require(by, Action.TOPIC_CREATE)
    take_turn(by)
    twin = recent_topic(publisher=by, title=facts["title"], description=facts.get("description", ""))
    if twin:
        return twin
    topic = Topic.objects.create(publisher=by, **facts)
    new = _set_supervisors(topic, supervisors)
    _set_keywords(topic, keywords)
    announce(Verb.TOPIC_CREATED, topic, by=by, to=new)
    if publish:
        publish_topic(topic, by=by)
    return topic


@transaction.atomic
def edit_topic(
    topic: Topic,
    *,
    by: Person,
    supervisors: Iterable[Person],
    keywords: Iterable[str] = (),
    version: int | None = None,
    **facts: Any,
) -> Topic:
    """`version` is the one the form was opened with; raises Stale when another edit came first."""
    require(by, Action.TOPIC_EDIT, topic)
    claim = Topic.objects.filter(pk=topic.pk, deleted_at=None, taken__lte=facts["capacity"])
    if version is not None:
        claim = claim.filter(version=version)
    people, words = list(supervisors), list(keywords)
    if _is_said(topic, people, words) and claim.filter(**facts).exists():
        return topic
    if claim.update(**facts, version=F("version") + 1, edited_at=now()) != 1:
        current = Topic.objects.get(pk=topic.pk)
        if current.taken > facts["capacity"]:
            raise NotAllowed(taken_words(current.taken))
        raise Stale(current)
    topic.refresh_from_db()
    new = _set_supervisors(topic, people)
    _set_keywords(topic, words)
    announce(Verb.TOPIC_EDITED, topic, by=by, to=new)
    return topic


@transaction.atomic
def publish_topic(topic: Topic, *, by: Person) -> None:
    """Into the catalogue: a draft, or a closed one again."""
    require(by, Action.TOPIC_EDIT, topic)
    if _move(topic, (TopicState.DRAFT, TopicState.CLOSED), TopicState.OPEN, published_at=now()):
        announce(Verb.TOPIC_PUBLISHED, topic, by=by)


@transaction.atomic
def close_topic(topic: Topic, *, by: Person) -> None:
    """Out of the catalogue; requests that wait can still be answered."""
    require(by, Action.TOPIC_EDIT, topic)
    if _move(topic, (TopicState.OPEN,), TopicState.CLOSED):
        announce(Verb.TOPIC_CLOSED, topic, by=by)


@transaction.atomic
def delete_topic(topic: Topic, *, by: Person) -> None:
    """Theses made from it stay; who waits for an answer gets one."""
    require(by, Action.TOPIC_DELETE, topic)
    if not mark_deleted(topic, by=by):
        return
    announce(Verb.TOPIC_DELETED, topic, by=by, to=topic.seats)
    close_pending(topic, by=by, reason="gone")


@transaction.atomic
def restore_topic(topic: Topic, *, by: Person) -> None:
    require(by, Action.TOPIC_RESTORE, topic)
    if mark_restored(topic):
        announce(Verb.TOPIC_RESTORED, topic, by=by)


def close_pending(topic: Topic, *, by: Person, reason: str) -> None:
    """Settle what still waits, and say so to everybody who asked. Inside an action that holds the topic.

    `reason` is a key of CLOSED_FOR: each reads it in their own language.
    """
    for interest in Interest.objects.filter(topic=topic, state=InterestState.PENDING).select_related("student"):
        claim = Interest.objects.filter(pk=interest.pk, state=InterestState.PENDING)
        if claim.update(state=InterestState.CLOSED, handled_at=now(), handled_by=by, reason=reason):
            interest.topic = topic
            to = [interest.student]
            announce(Verb.INTEREST_CLOSED, interest, by=by, to=to, link="/student/interests", reason=reason)


def claim_place(topic: Topic) -> None:
    """One place for a thesis, by a conditional UPDATE: of two who try at once, one gets it. Holds the topic's row."""
    claimed = Topic.objects.filter(pk=topic.pk, deleted_at=None, taken__lt=F("capacity")).update(taken=F("taken") + 1)
    _recount(topic)
    if topic.deleted_at:
        raise NotAllowed(_("This topic is no longer offered."))
    if claimed != 1:
        raise NotAllowed(_("All places of «%(title)s» are taken.") % {"title": topic.title})


def free_place(topic: Topic) -> None:
    Topic.objects.filter(pk=topic.pk, taken__gt=0).update(taken=F("taken") - 1)
    _recount(topic)


def reopen_if_closed(topic: Topic) -> None:
    _move(topic, (TopicState.CLOSED,), TopicState.OPEN)


def hold(topic: Topic) -> None:
    """Wait for others who change this topic, and see it as it is then."""
    Topic.objects.filter(pk=topic.pk).update(taken=F("taken"))
    topic.refresh_from_db(fields=["state", "taken", "capacity", "deleted_at"])


def _move(topic: Topic, sources: Iterable[str], target: str, **more: Any) -> bool:
    changed = Topic.objects.filter(pk=topic.pk, state__in=list(sources), deleted_at=None).update(state=target, **more)
    topic.refresh_from_db(fields=["state", *more])
    reindex(topic)
    return changed == 1


def _recount(topic: Topic) -> None:
    topic.refresh_from_db(fields=["state", "taken", "capacity", "deleted_at"])
    reindex(topic)


def _is_said(topic: Topic, people: Iterable[Person], words: Iterable[str]) -> bool:
    """Whether exactly these supervise it and exactly these are its keywords."""
    held = set(topic.supervisors.values_list("person_id", flat=True))
    known = set(topic.keywords.values_list("folded", flat=True))
    return held == {p.pk for p in people} and known == {w.casefold() for w in words}


def _set_supervisors(topic: Topic, people: Iterable[Person]) -> list[int]:
    """Exactly these; returns the numbers of the new ones."""
    wanted = {p.pk for p in people}
    held = set(topic.supervisors.values_list("person_id", flat=True))
    topic.supervisors.exclude(person_id__in=wanted).delete()
    TopicSupervisor.objects.bulk_create(TopicSupervisor(topic=topic, person_id=pk) for pk in sorted(wanted - held))
    topic.__dict__.pop("seats", None)
    getattr(topic, "_prefetched_objects_cache", {}).clear()
    return sorted(wanted - held)


def _set_keywords(topic: Topic, words: Iterable[str]) -> None:
    wanted = {w.casefold(): w for w in words}
    topic.keywords.exclude(folded__in=wanted).delete()
    held = set(topic.keywords.values_list("folded", flat=True))
    Keyword.objects.bulk_create(Keyword(topic=topic, word=w, folded=f) for f, w in wanted.items() if f not in held)
