"""The catalogue, filtered and sorted by the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import OF_A_NAME, Person
from superviseme.web.alphabet import Filed
from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import HOW_MANY, prepared
from superviseme.web.shared import shared
from superviseme.web.text import one_line

from ..models import Keyword, Level, Topic, TopicSupervisor
from ..topics.queries import give_people, with_people

SORTS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "newest": (_("Newest first"), ("-published_at", "-pk")),
    "title": (_("By title"), ("folded", "pk")),
    "level": (_("By level"), ("level_rank", "-published_at", "-pk")),
    "places": (_("Most places"), ("-left", "-published_at", "-pk")),
}


@dataclass
class Wanted:
    """What the address asks for; anything not understood is left out."""

    q: str = ""
    supervisor: int = 0
    area: str = ""
    level: str = ""
    keywords: list[str] = field(default_factory=list)
    sort: str = "newest"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        number = query.get("supervisor", "")
        return cls(
            q=one_line(query.get("q", ""))[:200],
            supervisor=int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0,
            area=one_line(query.get("topic", ""))[:120],
            level=query.get("level", "") if query.get("level") in Level.values else "",
            keywords=[w for part in query.get("keywords", "")[:500].split(",") if (w := one_line(part))][:20],
            sort=query.get("sort", "") if query.get("sort") in SORTS else "newest",
        )

    @property
    def any(self) -> bool:
        return bool(self.q or self.supervisor or self.area or self.level or self.keywords)


def catalogue(wanted: Wanted, *, after: str = "") -> tuple[Page, int]:
    """One page of the topics that match, and how many there are."""
    order = SORTS[wanted.sort][1]
    if wanted.any:
        rows = _matching(wanted)
        page, count = keyset_page(_sortable(rows), order=order, after=after), rows.count()
    else:
        page, count = keyset_page(_topics(), order=order, after=after), int(_how_many().one())
    give_people(page.rows)
    return page, count


@prepared
def _topics() -> QuerySet[Topic]:
    return _sortable(Topic.objects.public())


@prepared
def _how_many() -> QuerySet:
    return Topic.objects.public().values_list(HOW_MANY, flat=True)


def _sortable(rows: QuerySet[Topic]) -> QuerySet[Topic]:
    ranks = (When(level=value, then=Value(rank)) for rank, value in enumerate(Level.values))
    return rows.select_related("publisher").annotate(
        folded=Filed("title"),
        left=F("capacity") - F("taken"),
        level_rank=Case(*ranks, output_field=IntegerField()),
    )


@shared(30)
def supervisors_on_offer() -> tuple[tuple[int, str], ...]:
    """Number and name of who supervises a topic of the catalogue; up to half a minute old."""
    return tuple((one.pk, one.full_name) for one in _supervisors().fetch())


@prepared
def _supervisors() -> QuerySet[Person]:
    offered = TopicSupervisor.objects.filter(topic__in=Topic.objects.public())
    rows = Person.objects.filter(pk__in=offered.values("person")).only(*OF_A_NAME)
    return rows.alphabetical()[:500]


@shared(30)
def areas_on_offer() -> list[str]:
    return _areas().fetch()


@prepared
def _areas() -> QuerySet:
    rows = Topic.objects.public().exclude(area="").order_by("area").values_list("area", flat=True)
    return rows.distinct()[:200]


def similar_to(topic: Topic) -> list[Topic]:
    """Up to three topics of the catalogue that share a keyword or the area, the newest first."""
    words = Keyword.objects.filter(topic=OuterRef("pk"), folded__in=topic.keywords.values("folded"))
    alike = Q(Exists(words)) | (Q(area__iexact=topic.area) if topic.area else Q(pk=None))
    return list(with_people(Topic.objects.public().filter(alike)).order_by("-published_at", "-pk")[:3])


def _matching(wanted: Wanted) -> QuerySet[Topic]:
    rows: Any = Topic.objects.public()
    for word in wanted.q.split()[:10]:
        rows = rows.filter(_says(word))
    if wanted.supervisor:
        rows = rows.filter(Exists(TopicSupervisor.objects.filter(topic=OuterRef("pk"), person=wanted.supervisor)))
    if wanted.area:
        rows = rows.filter(area__iexact=wanted.area)
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.keywords:
        folded = [w.casefold() for w in wanted.keywords]
        rows = rows.filter(Exists(Keyword.objects.filter(topic=OuterRef("pk"), folded__in=folded)))
    return rows


def _says(word: str) -> Q:
    texts = ("title", "summary", "description", "area", "prerequisites")
    here = Q(*((f"{name}__icontains", word) for name in texts), _connector=Q.OR)
    person = Q(person__name__icontains=word) | Q(person__surname__icontains=word)
    supervisor = Exists(TopicSupervisor.objects.filter(person, topic=OuterRef("pk")))
    keyword = Exists(Keyword.objects.filter(topic=OuterRef("pk"), folded__contains=word.casefold()))
    return here | supervisor | keyword
