"""People that a text names: `@Maria Garcia`, or `@Maria` where only one of the workspace is called so.

Only who has a seat in the workspace is found. What stands in code or inside a link is only text.
"""

import re
from collections import Counter
from functools import lru_cache

from markupsafe import Markup

from superviseme.accounts.models import Person
from superviseme.web.text import References, references_in

from .models import Workspace

_BEFORE, _AFTER = r"(?<![^\W_])(?<![@#/?&=%+.])@", r"(?!-?\w)"


class Names:
    """What the people of a workspace are called."""

    def __init__(self, workspace: Workspace):
        people = [member.person for member in workspace.members.all() if member.person.is_active]
        whole = [_fold(person.full_name) for person in people]
        parts = Counter(_fold(part) for person in people for part in {person.name, person.surname})
        self._people: dict[str, list[Person]] = {}
        for person, name in zip(people, whole, strict=True):
            self._people.setdefault(name, []).append(person)
        for person in people:
            for part in map(_fold, (person.name, person.surname)):
                if part and parts[part] == 1 and part not in whole:
                    self._people[part] = [person]
        self.pattern = _pattern(tuple(sorted(self._people, key=lambda name: (-len(name), name))))

    def named_in(self, text: str) -> set[int]:
        """Ids of who is named; of two with one name both."""
        if self.pattern is None or "@" not in text:
            return set()
        raws = references_in(text, re.compile(self.pattern, FLAGS))
        return {person.pk for raw in raws for person in self._people.get(_fold(raw[1:]), ())}


class Shown:
    """For `web.text.markdown`: the people named stand out; the rest is for `others`."""

    def __init__(self, names: Names, others: References):
        self._names, self._others = names.pattern, others
        self.pattern = _either(names.pattern, others.pattern)

    def __call__(self, raw: str) -> Markup:
        if self._names and re.fullmatch(self._names, raw, FLAGS):
            return Markup('<span class="mention">{}</span>').format(raw)
        return self._others(raw)


FLAGS = re.IGNORECASE | re.VERBOSE


@lru_cache(maxsize=500)
def _pattern(names: tuple[str, ...]) -> str | None:
    """The longest first, so that `@Maria Garcia` is not only Maria."""
    return f"{_BEFORE}(?:{'|'.join(map(re.escape, names))}){_AFTER}" if names else None


@lru_cache(maxsize=500)
def _either(names: str | None, others: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"{others.pattern}\n|{names}", others.flags | FLAGS) if names else others


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
