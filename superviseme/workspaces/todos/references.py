"""References to to-dos in texts: `@todo:12`, `#todo-12`, `@todo:"part of title"`, `@todo:part-of-title`.

Only to-dos of the same workspace are found. A number is only a number, never part of a title. Words that found a to-do
once stay bound to it in that text, whatever it is called later.
What stands in code or inside a link is only text.
"""

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from superviseme.web.text import plain, references_in, shortened, without_marks

from ..room.models import Workspace
from .models import Todo, TodoMention

PATTERN = re.compile(
    r"""(?<![^\W_])(?<![@#/?&=%+])[@#]todo[:\-](?:
        "([^"\n]{1,200})" | [“„]([^”“\n]{1,200})[”“]      # part of a title, also as a phone quotes it
        | (\d++)(?![\w\-]{0,200}[^\W_])                    # a number and nothing more
        | (\w(?:[\w\-]{0,198}[^\W_]))                      # words joined by hyphens
    )""",
    re.IGNORECASE | re.VERBOSE,
)
MOST = 200  # different references in one text
_NOT_WORDS = re.compile(r"[\W_]+")

Key = tuple[str, str]


def find(text: str) -> list[Key]:
    """[("number", "12"), ("title", "part of title")], in order, without repeats."""
    if "todo" not in text.casefold():
        return []  # most texts: nothing to read as Markdown for
    return list(dict.fromkeys(_key(raw) for raw in references_in(text, PATTERN)))[:MOST]


def resolve(workspace: Workspace, text: str) -> list[Todo]:
    """The live to-dos of this workspace that the text names: by number, or the one whose title holds the words best."""
    wanted = find(text)
    if not wanted:
        return []
    index = _Index(Todo.objects.filter(workspace=workspace, deleted_at=None).order_by("number"))
    return list(dict.fromkeys(todo for key in wanted if (todo := index.get(key))))


def rebuild(workspace: Workspace, text: str, **holder: object) -> list[Todo]:
    """Make the mentions of `holder` (update=, comment= or meeting=) those of its text now. Returns what it names."""
    before = TodoMention.objects.filter(**holder).select_related("todo")
    named = _named(workspace, text, before.filter(todo__deleted_at=None))
    before.exclude(todo__in=named).delete()
    for mention in before:
        words = named[mention.todo]
        if mention.words != words:
            TodoMention.objects.filter(pk=mention.pk).update(words=words)
    made = [TodoMention(todo=todo, words=words, **holder) for todo, words in named.items()]
    TodoMention.objects.bulk_create(made, ignore_conflicts=True)
    return list(named)


def _named(workspace: Workspace, text: str, before: Iterable[TodoMention]) -> dict[Todo, str]:
    """Each to-do the text names, with the words by which it does, one a line."""
    wanted = find(text)
    if not wanted:
        return {}
    todos = Todo.objects.filter(workspace=workspace, deleted_at=None).order_by("number")
    index = _Index(todos, _bound(before))
    found: dict[Todo, list[str]] = {}
    for kind, value in wanted:
        if todo := index.get((kind, value)):
            found.setdefault(todo, []).extend([value] if kind == "title" else [])
    return {todo: "\n".join(words) for todo, words in found.items()}


def said(text: str | None, length: int = 200) -> str:
    """The words of a text on one line, references as a reader would say them: `#12`, or the part of the title."""
    return plain(text, length, Spoken())


def said_of_part(part: str, length: int = 200) -> str:
    """The same of a piece cut out of a text."""
    return shortened(without_marks(PATTERN.sub(_spoken, part)), length)


def _spoken(match: re.Match[str]) -> str:
    quoted, curly, number, slug = match.groups()
    return f"#{number}" if number else quoted or curly or slug.replace("-", " ")


class Spoken:
    """For `web.text.plain`, where nothing can be clicked and no to-do is looked up."""

    pattern = PATTERN

    def __call__(self, raw: str) -> Markup:
        match = PATTERN.match(raw)
        assert match, "only called with what the pattern found"  # noqa: S101 - for the types
        return escape(_spoken(match))


class Linker:
    """For `web.text.markdown`: turns the references of one text to links, knowing the to-dos mentioned in it."""

    pattern = PATTERN

    def __init__(self, todos: Iterable[Todo], bound: Mapping[str, Todo] | None = None):
        self._index = _Index(todos, bound)
        self._made: dict[Todo, Markup] = {}

    def __call__(self, raw: str) -> Markup:
        todo = self._index.get(_key(raw))
        if todo is None:
            return Markup('<span class="todo-unknown">{}</span>').format(raw)
        if todo not in self._made:
            self._made[todo] = _link(todo)
        return self._made[todo]


def linker(todos: Iterable[Todo]) -> Linker:
    return Linker(todos)


def linker_of(mentions: Iterable[TodoMention]) -> Linker:
    """Of a text whose mentions are kept, with their to-dos."""
    rows = list(mentions)
    return Linker([row.todo for row in rows], _bound(rows))


def _bound(mentions: Iterable[TodoMention]) -> dict[str, Todo]:
    return {words: row.todo for row in mentions for words in row.words.splitlines()}


class _Index:
    """To-dos by number and by words: those bound to one, else words of a title; each question is answered once."""

    def __init__(self, todos: Iterable[Todo], bound: Mapping[str, Todo] | None = None):
        self._bound = bound or {}
        self._by_number = {str(todo.number): todo for todo in todos}
        self._titles = [(_fold(todo.title), todo) for todo in self._by_number.values()]
        self._known: dict[Key, Todo | None] = {}

    def get(self, key: Key) -> Todo | None:
        if key not in self._known:
            kind, value = key
            self._known[key] = (
                self._by_number.get(value) if kind == "number" else self._bound.get(value) or self._titled(value)
            )
        return self._known[key]

    def _titled(self, words: str) -> Todo | None:
        """The title that is these words, else the shortest that holds them whole, else within other words."""
        holding = [(_whole(words, title), title, todo) for title, todo in self._titles if words and words in title]
        best = [h for h in holding if h[0] or len(words) > 2]
        best.sort(key=lambda h: (h[1] != words, not h[0], len(h[1]), h[2].number))
        return best[0][2] if best else None


def _whole(words: str, title: str) -> bool:
    return f" {words} " in f" {title} "


def _key(raw: str) -> Key:
    match = PATTERN.match(raw)
    assert match, "only called with what the pattern found"  # noqa: S101 - for the types
    quoted, curly, number, slug = match.groups()
    if number:
        return ("number", number.lstrip("0") if number.isascii() else "")
    return ("title", _fold(quoted or curly or slug))


def _fold(title: str) -> str:
    """Only the words, in one case: how titles and references are compared."""
    return " ".join(_NOT_WORDS.sub(" ", title.casefold()).split())


def _link(todo: Todo) -> Markup:
    kind = "todo-ref" if todo.is_open else "todo-ref todo-ref-closed"
    return Markup('<a class="{}" href="{}">#{} {}</a>').format(
        kind, todo.get_absolute_url(), todo.number, escape(todo.title)
    )
