"""“Contains, whatever the case”, for the letters of every language.

LIKE of SQLite knows the capitals of English only: «österreich» would not find «Österreich». A pattern that names both
forms of each letter does, as fast; see docs/decisions/sqlite.md.
"""

from typing import Any

from django.db.models import Field
from django.db.models.lookups import IContains


@Field.register_lookup
class Alike(IContains):
    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        word = self.rhs
        if not isinstance(word, str) or word.isascii():
            return super().as_sql(compiler, connection)
        column, values = self.process_lhs(compiler, connection)
        return f"{column} GLOB %s", [*values, f"*{glob_of(word)}*"]


def glob_of(word: str) -> str:
    return "".join(map(_either, word))


def _either(letter: str) -> str:
    """A pattern for the letter in both its forms; a sign with a meaning in patterns stands for itself in brackets."""
    forms = {form for form in (letter, letter.lower(), letter.upper()) if len(form) == 1}
    return f"[{''.join(sorted(forms))}]" if len(forms) > 1 or letter in "*?[" else letter
