"""The four tables of references become mentions, within one workspace only; numbers named in texts are found as well."""

from superviseme.workspaces.models import Todo, TodoMention
from superviseme.workspaces.todos.references import find

from .ledger import Ledger
from .reader import Source
from .rows import Row

TABLES = (
    ("todo_reference", "update_id", "thesis_update", "todo"),
    ("meeting_note_reference", "meeting_note_id", "meeting_note", "todo"),
    ("research_project_todo_reference", "update_id", "research_project_update", "research_project_todo"),
    (
        "research_project_meeting_note_reference",
        "meeting_note_id",
        "research_project_meeting_note",
        "research_project_todo",
    ),
)
Key = tuple[int, str, int]  # to-do, field of the mention, its text


def import_references(source: Source, ledger: Ledger) -> None:
    have: dict[Key, int] = {}
    for key, todo, update, comment, meeting in TodoMention.objects.values_list(
        "pk", "todo", "update", "comment", "meeting"
    ):
        field, text = next((f, v) for f, v in (("update", update), ("comment", comment), ("meeting", meeting)) if v)
        have[(todo, field, text)] = key
    for table, column, texts, todos in TABLES:
        _import(source, ledger, (table, column, texts, todos), have)
    _find_in_texts(ledger, have)


def _import(source: Source, ledger: Ledger, tables: tuple[str, str, str, str], have: dict[Key, int]) -> None:
    pairs: list[tuple[Row, TodoMention]] = []
    doubles: list[tuple[Row, Key]] = []
    keys: dict[int | None, Key] = {}
    for row in ledger.new(source.rows(tables[0])):
        key = _key(row, ledger, tables)
        if key is None:
            continue
        if key in have:
            doubles.append((row, key))
            continue
        have[key], keys[row.id] = 0, key
        pairs.append((row, TodoMention(**{"todo_id": key[0], f"{key[1]}_id": key[2]})))
    for row, mention in ledger.keep(pairs):
        have[keys[row.id]] = mention.pk
    for row, key in doubles:
        ledger.merge(row, "workspaces.todomention", have[key], "the same text refers to the same to-do already")


def _key(row: Row, ledger: Ledger, tables: tuple[str, str, str, str]) -> Key | None:
    _table, column, texts, todos = tables
    text, todo = row.ref(column), row.ref("todo_id")
    place, todo_place = ledger.places[texts].get(text), ledger.places[todos].get(todo)
    if place is None or todo_place is None:
        row.refuse("its text or its to-do is not in the file or was refused")
        return None
    if ledger.rooms.get((texts, text)) != ledger.rooms.get((todos, todo)):
        row.refuse("the to-do lies in another workspace than the text")
        return None
    return todo_place[1], place[0].rsplit(".", 1)[-1], place[1]


def _find_in_texts(ledger: Ledger, have: dict[Key, int]) -> None:
    rooms = {room for _, _, room, text in ledger.texts if "todo" in text.lower()}
    numbers = {
        (room, number): key
        for key, room, number in Todo.objects.values_list("pk", "workspace", "number")
        if room in rooms
    }
    mentions = []
    for field, text_key, room, text in ledger.texts:
        for kind, value in find(text) if room in rooms else ():
            todo = numbers.get((room, int(value))) if kind == "number" else None
            if todo and (todo, field, text_key) not in have:
                have[(todo, field, text_key)] = 0
                mentions.append(TodoMention(**{"todo_id": todo, f"{field}_id": text_key}))
    ledger.add(mentions)
