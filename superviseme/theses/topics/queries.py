"""Topics shaped for the pages of those who offer them."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from superviseme.accounts.models import Person
from superviseme.policy.roles import Role
from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import give, prepared
from superviseme.web.time import now

from ..models import Interest, InterestState, Keyword, Topic, TopicState, TopicSupervisor


def with_people(rows: QuerySet) -> Any:
    """Publisher, supervisors and keywords, in two further queries."""
    supervisors = Prefetch("supervisors", TopicSupervisor.objects.select_related("person").order_by("pk"))
    return rows.select_related("publisher").prefetch_related(supervisors, "keywords")


def give_people(topics: list[Any]) -> list[Any]:
    """Supervisors and keywords, as `with_people` brings them along."""
    ids = [topic.pk for topic in topics]
    give(topics, "supervisors", _supervisors(ids).fetch(), by="topic_id")
    give(topics, "keywords", _keywords(ids).fetch(), by="topic_id")
    return topics


@prepared
def _supervisors(topics: list[int]) -> QuerySet:
    return TopicSupervisor.objects.filter(topic__in=topics).select_related("person").order_by("pk")


@prepared
def _keywords(topics: list[int]) -> QuerySet:
    return Keyword.objects.filter(topic__in=topics)


def topics_page(person: Person, *, state: str = "", q: str = "", all_of_them: bool = False, after: str = "") -> Page:
    """What a person offers (an administrator: what everybody offers), the newest first; "deleted" is a state here."""
    rows = Topic.objects.all() if all_of_them else Topic.objects.offers_of(person)
    if state == "deleted":
        rows = rows.exclude(deleted_at=None)
    else:
        rows = rows.filter(deleted_at=None)
        if state in TopicState.values:
            rows = rows.filter(state=state)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(area__icontains=q) | Q(summary__icontains=q))
    asked = Interest.objects.filter(topic=OuterRef("pk"), state=InterestState.PENDING).order_by().values("topic")
    waiting = Subquery(asked.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    rows = rows.annotate(waiting=Coalesce(waiting, 0))
    return keyset_page(with_people(rows), order=("-created_at", "-pk"), after=after)


def recent_topic(**same: Any) -> Topic | None:
    """The same offer made within the last minute: a double submit."""
    return Topic.objects.live().filter(created_at__gt=now() - timedelta(seconds=60), **same).first()


def possible_supervisors() -> QuerySet[Person]:
    """Everybody who holds the role now."""
    return Person.objects.active().with_role(Role.SUPERVISOR).alphabetical()
