"""In the order of an alphabetical list: «de Luca» before «Rossi», «Österreicher» before «Zanetti».

Databases file by the numbers of letters, SQLite always and PostgreSQL in many a locale, and so put small letters and those
with an accent behind Z. Here a letter is filed as its plain form; see docs/decisions/sqlite.md.
"""

import unicodedata
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import CharField, Func

WHOLE = str.maketrans("ØøŁłĐđÐðĦħŦŧıÆæŒœßÞþ", "oollddddhhttiaaoostt")
"""Letters that are not a plain one with a mark to Unicode."""
_MARKS = dict.fromkeys(range(768, 880))


def filed(text: str | None) -> str | None:
    if text is None or text.isascii():
        return text and text.lower()
    return unicodedata.normalize("NFD", text).translate(_MARKS).translate(WHOLE).lower()


class Filed(Func):
    """A text as it is filed, to order by."""

    function = "FILED"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """In words of its own, the quick way for what has no such letter; no server needs to be built with ICU."""
        text, values = compiler.compile(self.source_expressions[0])
        whole = "".join(map(chr, WHOLE)), "".join(map(chr, WHOLE.values()))
        plain = f"REGEXP_REPLACE(NORMALIZE({text}, NFD), '[\u0300-\u036f]', '', 'g')"
        return (
            f"CASE WHEN OCTET_LENGTH({text}) = LENGTH({text}) THEN LOWER({text})"
            f" ELSE LOWER(TRANSLATE({plain}, '{whole[0]}', '{whole[1]}')) END"
        ), [*values] * 4


def teach(connection: Any, **_: Any) -> None:
    """SQLite has no such function of its own."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("FILED", 1, filed, deterministic=True)


connection_created.connect(teach, dispatch_uid="superviseme.web.alphabet")
