"""Finding: every word must occur (its beginning is enough), titles count more than texts."""

import re

from django.db import connection
from django.db.models import F, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from .models import SearchEntry

MOST_WORDS = 8
_WORD = re.compile(r"\w+")
_VECTOR = "(setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', left(body, 200000)), 'B'))"


def words_of(text: str) -> list[str]:
    """The words asked for: at most eight, of at most 40 characters."""
    return [w[:40] for w in _WORD.findall(text.replace("_", " "))][:MOST_WORDS]


def matching(text: str, among: QuerySet[SearchEntry] | None = None) -> QuerySet[SearchEntry]:
    """Entries that hold every word of `text`, best first; none without a word."""
    words = words_of(text)
    rows = SearchEntry.objects.all() if among is None else among
    if not words:
        return rows.none()
    ranked = _postgresql(rows, words) if connection.vendor == "postgresql" else _sqlite(rows, words)
    return ranked.order_by(F("rank").desc(), "-changed_at", "-pk")


def _sqlite(rows: QuerySet[SearchEntry], words: list[str]) -> QuerySet[SearchEntry]:
    asked = " ".join(f'"{w}"*' for w in words)
    found = RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [asked])  # noqa: S611 - parameters, no text
    rank = RawSQL(  # noqa: S611 - parameters, no text
        "(SELECT -bm25(search_words, 8.0, 1.0) FROM search_words WHERE search_words MATCH %s AND rowid = search_searchentry.id)",
        [asked],
        output_field=FloatField(),
    )
    return rows.filter(pk__in=found).annotate(rank=rank)


def _postgresql(rows: QuerySet[SearchEntry], words: list[str]) -> QuerySet[SearchEntry]:
    asked = " & ".join(f"{w}:*" for w in words)
    found = RawSQL(f"SELECT id FROM search_searchentry WHERE {_VECTOR} @@ to_tsquery('simple', %s)", [asked])  # noqa: S608, S611
    rank = RawSQL(  # noqa: S611 - parameters, no text
        f"ts_rank({_VECTOR}, to_tsquery('simple', %s))", [asked], output_field=FloatField()
    )
    return rows.filter(pk__in=found).annotate(rank=rank)
