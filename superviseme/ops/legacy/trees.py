"""Which updates are updates and which are answers: the tree of `parent_id`, mended where it is broken."""

from collections.abc import Sequence
from dataclasses import dataclass

from .rows import Row


@dataclass(frozen=True)
class Branch:
    """Where a row hangs: `update` is what all answers below it belong to, `comment` the first answer on the way."""

    update: int
    comment: int | None
    depth: int


def branches(rows: Sequence[Row], owner: str) -> dict[int | None, Branch]:
    """{number: its branch}. A parent that is missing, elsewhere or below the row itself is no parent, and noted."""
    parents = _parents(rows, owner)
    _cut_circles(parents, {row.id: row for row in rows})
    found: dict[int | None, Branch] = {}
    for row in rows:
        path = []
        number: int | None = row.id
        while number is not None and number not in found:
            path.append(number)
            number = parents[number]
        for below in reversed(path):
            found[below] = _below(below, found.get(parents[below]))
    return found


def _parents(rows: Sequence[Row], owner: str) -> dict[int, int | None]:
    by_number: dict[int | None, Row] = {row.id: row for row in rows}
    found: dict[int, int | None] = {}
    for row in rows:
        number = row.ref("parent_id")
        parent = by_number.get(number)
        if row.values.get("parent_id") is not None and parent is None:
            row.note("parent_id", "what it answers is not in the file; it stands for itself")
        elif parent is not None and parent.ref(owner) != row.ref(owner):
            row.note("parent_id", "what it answers lies in another workspace; it stands for itself")
            parent = None
        found[row.id] = parent.id if parent else None
    return found


def _cut_circles(parents: dict[int, int | None], rows: dict[int, Row]) -> None:
    """In a circle of answers the one with the lowest number becomes the update."""
    done: set[int] = set()
    for start in parents:
        path: dict[int, None] = {}
        number: int | None = start
        while number is not None and number not in done and number not in path:
            path[number] = None
            number = parents[number]
        if number is not None and number in path:
            way = list(path)
            first = min(way[way.index(number) :])
            parents[first] = None
            rows[first].note("parent_id", "it answers itself, over others; it stands for itself")
        done |= path.keys()


def _below(number: int, parent: Branch | None) -> Branch:
    if parent is None:
        return Branch(number, None, 0)
    if parent.depth == 0:
        return Branch(parent.update, number, 1)
    return Branch(parent.update, parent.comment, parent.depth + 1)
