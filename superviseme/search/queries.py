"""Finding: every word must occur (its beginning is enough), titles count more than texts."""

import re

from django.db import connection
from django.db.models import QuerySet

from .models import SearchEntry

MOST_WORDS = 8
_WORD = re.compile(r"\w+")
_VECTOR = "(setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', left(body, 200000)), 'B'))"


def words_of(text: str) -> list[str]:
    """The words asked for: at most eight, of at most 40 characters."""
    return [w[:40] for w in _WORD.findall(text.replace("_", " "))][:MOST_WORDS]


def matching(text: str, among: QuerySet[SearchEntry], *, start: int = 0, count: int = 25) -> list[SearchEntry]:
    """`count` entries of `among` that hold every word of `text`, best first, from place `start`; none without a word.

    The full-text engine ranks and cuts; asking the ORM for the rank would work it out once more for every row.
    """
    words = words_of(text)
    if not words:
        return []
    reach, reach_values = among.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            asked = " & ".join(f"{w}:*" for w in words)
            cursor.execute(_POSTGRESQL.format(reach=reach), [asked, *reach_values, count, start])
        else:
            asked = " ".join(f'"{w}"*' for w in words)
            cursor.execute(_SQLITE.format(reach=reach), [asked, *reach_values, count, start])
        found = [row[0] for row in cursor.fetchall()]
    entries = SearchEntry.objects.in_bulk(found)
    return [entries[pk] for pk in found if pk in entries]


_SQLITE = (
    "SELECT rowid FROM search_words WHERE search_words MATCH %s AND rowid IN ({reach}) "  # noqa: S608 - reach is the ORM's
    "ORDER BY bm25(search_words, 8.0, 1.0), rowid DESC LIMIT %s OFFSET %s"
)
_POSTGRESQL = (
    f"SELECT e.id FROM search_searchentry e, to_tsquery('simple', %s) asked WHERE {_VECTOR} @@ asked AND e.id IN ({{reach}}) "  # noqa: S608 - as above
    f"ORDER BY ts_rank({_VECTOR}, asked) DESC, e.changed_at DESC, e.id DESC LIMIT %s OFFSET %s"
)
