"""Finding: every word must occur (its beginning is enough), titles count more than texts."""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from .models import SearchEntry

MOST_WORDS = 8
MOST_RANKED = (
    1000  # the newest that match and are within reach; beyond them nobody reads, and ranking all takes a second
)
_WORD = re.compile(r"\w+")
_VECTOR = "(setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', left(body, 200000)), 'B'))"


def words_of(text: str) -> list[str]:
    """The words asked for: at most eight, of at most 40 characters."""
    return [w[:40] for w in _WORD.findall(text.replace("_", " "))][:MOST_WORDS]


def matching(text: str, *among: QuerySet[SearchEntry], start: int = 0, count: int = 25) -> list[SearchEntry]:
    """`count` entries that hold every word of `text`, best first, from place `start`; none without a word. Each set of `among`
    is asked by the index of its own: of sets joined by OR, PostgreSQL would read all entries.

    The full-text engine ranks and cuts; asking the ORM for the rank would work it out once more for every row.
    """
    words = words_of(text)
    reach, reach_values = _union(among)
    if not words or not reach:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            asked = " & ".join(f"{w}:*" for w in words)
            cursor.execute(_POSTGRESQL.format(reach=reach), [asked, *reach_values, asked, count, start])
        else:
            asked = " ".join(f'"{w}"*' for w in words)
            cursor.execute(_SQLITE.format(reach=reach), [*reach_values, asked, count, start])
        found = [row[0] for row in cursor.fetchall()]
    entries = SearchEntry.objects.in_bulk(found)
    return [entries[pk] for pk in found if pk in entries]


def _union(sets: Iterable[QuerySet[SearchEntry]]) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    for one in sets:
        with suppress(EmptyResultSet):  # the law leaves nothing of it
            sql, given = one.order_by().values("pk").query.sql_with_params()
            parts.append(sql)
            values += given
    return " UNION ALL ".join(parts), values


# The sign before rowid keeps the engine from asking its index anew for every row within reach; the bounds spare it what lies
# outside. The index is read once: the rank is worked out for the newest as they are found.
_SQLITE = (
    "WITH reach(pk) AS ({reach}) SELECT found FROM ("  # noqa: S608 - reach is the ORM's
    "SELECT rowid AS found, bm25(search_words, 8.0, 1.0) AS place FROM search_words WHERE search_words MATCH %s "
    "AND +rowid IN (SELECT pk FROM reach) AND rowid BETWEEN (SELECT MIN(pk) FROM reach) AND (SELECT MAX(pk) FROM reach) "
    f"ORDER BY rowid DESC LIMIT {MOST_RANKED}) ORDER BY place, found DESC LIMIT %s OFFSET %s"
)
_POSTGRESQL = (
    f"SELECT e.id FROM (SELECT e.* FROM search_searchentry e WHERE {_VECTOR} @@ to_tsquery('simple', %s) "  # noqa: S608 - as above
    f"AND e.id IN ({{reach}}) ORDER BY e.id DESC LIMIT {MOST_RANKED}) e, to_tsquery('simple', %s) asked "
    f"ORDER BY ts_rank({_VECTOR}, asked) DESC, e.changed_at DESC, e.id DESC LIMIT %s OFFSET %s"
)
