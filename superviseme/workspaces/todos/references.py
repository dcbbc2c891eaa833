"""References to to-dos in texts: `@todo:12`, `#todo-12`, `@todo:"part of title"`, `@todo:part-of-title`.

Only to-dos of the same workspace are found. A number is only a number, never part of a title.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from ..room.models import Workspace
from .models import Todo, TodoMention

_REFERENCE = re.compile(r"""(?<![\w@#/])[@\#]todo[:\-](?:"([^"\n]{1,200})"|(\d{1,9})\b(?!-)|([\w][\w\-]{1,199}))""", re.IGNORECASE)


def find(text: str) -> list[tuple[str, str]]:
    """[("number", "12"), ("title", "part of title")], in order, without repeats."""
    found: dict[tuple[str, str], None] = {}
    for match in _REFERENCE.finditer(text or ""):
        quoted, number, slug = match.groups()
        if number:
            found[("number", str(int(number)))] = None
        else:
            found[("title", " ".join((quoted or slug.replace("-", " ")).split()))] = None
    return list(found)


def resolve(workspace: Workspace, text: str) -> list[Todo]:
    """The live to-dos of this workspace that the text names: by number, or the one whose title holds the words best."""
    wanted = find(text)
    if not wanted:
        return []
    todos = list(Todo.objects.filter(workspace=workspace, deleted_at=None).order_by("number"))
    found = [_match(kind, value, todos) for kind, value in wanted]
    return list(dict.fromkeys(todo for todo in found if todo))


def rebuild(workspace: Workspace, text: str, **holder: object) -> list[Todo]:
    """Make the mentions of `holder` (update=, comment= or meeting=) those of its text now. Returns what it names."""
    todos = resolve(workspace, text)
    TodoMention.objects.filter(**holder).exclude(todo__in=todos).delete()
    TodoMention.objects.bulk_create([TodoMention(todo=t, **holder) for t in todos], ignore_conflicts=True)
    return todos


def linker(todos: Iterable[Todo]):
    """A function that turns the references of one text token to HTML, knowing the to-dos mentioned in it."""
    known = list(todos)

    def replace(raw: str) -> Markup:
        out, last = Markup(), 0
        for match in _REFERENCE.finditer(raw):
            quoted, number, slug = match.groups()
            kind, value = ("number", str(int(number))) if number else ("title", " ".join((quoted or slug.replace("-", " ")).split()))
            todo = _match(kind, value, known)
            out += escape(raw[last : match.start()])
            out += _link(todo) if todo else Markup('<span class="todo-unknown">{}</span>').format(match.group(0))
            last = match.end()
        return out + escape(raw[last:])

    return replace


def _match(kind: str, value: str, todos: list[Todo]) -> Todo | None:
    if kind == "number":
        return next((t for t in todos if t.number == int(value)), None)
    words = value.casefold()
    holding = [t for t in todos if words in t.title.casefold().replace("-", " ")]
    return min(holding, key=lambda t: (t.title.casefold() != words, len(t.title), t.number), default=None)


def _link(todo: Todo) -> Markup:
    return Markup('<a class="todo-ref" href="{}">#{} {}</a>').format(todo.get_absolute_url(), todo.number, todo.title)
