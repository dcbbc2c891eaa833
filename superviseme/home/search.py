"""One box over everything a person can see: results ranked, paged, with an address to share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from superviseme.search.models import SearchEntry
from superviseme.search.queries import matching, words_of
from superviseme.theses.models import Topic
from superviseme.web.access import anyone
from superviseme.web.paging import PAGE
from superviseme.web.prepared import prepared
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.todos.references import said_of_part

from .found_people import AMONG_OTHERS, find_people

PEOPLE = "accounts.person"  # are not in the index: who may find whom is told by seats
KINDS = {
    "workspaces.workspace": (_("Workspace"), "folder"),
    "workspaces.update": (_("Update"), "messages"),
    "workspaces.comment": (_("Comment"), "message"),
    "workspaces.todo": (_("To-do"), "checkbox"),
    "workspaces.goal": (_("Goal"), "target"),
    "workspaces.milestone": (_("Milestone"), "flag"),
    "workspaces.meeting": (_("Meeting"), "calendar-event"),
    "workspaces.document": (_("File"), "file"),
    "theses.topic": (_("Topic"), "bulb"),
    PEOPLE: (_("Person"), "user"),
}
FARTHEST = 40  # pages


@dataclass(frozen=True)
class Hit:
    title: str
    link: str
    kind: str
    icon: str
    excerpt: str
    where: str
    changed_at: datetime


@anyone("GET", reason="visitors search the catalogue; everybody finds only what they can see")
def page(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "")[:200]
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else ""
    number = _number(request.GET.get("after", ""))
    words, people, hits = words_of(q), [], []
    most = PAGE if kind == PEOPLE else AMONG_OTHERS
    if kind == PEOPLE or not (kind or number):
        people = find_people(request.user, words, page=number, most=most)
    if kind != PEOPLE:
        hits = find(request.user, q, kind=kind, page=number)
    more = len(people if kind == PEOPLE else hits) > PAGE and number < FARTHEST
    context = {
        "q": q,
        "people": people[:most],
        "more_people": not kind and len(people) > most,
        "hits": hits[:PAGE],
        "older": str(number + 1) if more else "",
        "first": number == 0,
        "kind": kind,
        "kinds": KINDS,
        "asked": bool(words),
    }
    return render(request, "home/search.html", context)


def find(person: Any, q: str, *, kind: str = "", page: int = 0) -> list[Hit]:
    """Up to 26 hits of this page (the 26th says that there are more)."""
    entries = SearchEntry.objects.filter(thing=kind) if kind else SearchEntry.objects.all()
    rows = matching(q, *(entries.filter(**part) for part in _reach(person)), start=page * PAGE, count=PAGE + 1)
    spaces = dict(_titles(sorted({r.workspace_number for r in rows if r.workspace_number})).fetch())
    return [_hit(row, spaces, words_of(q)) for row in rows]


def _reach(person: Any) -> list[dict[str, Any]]:
    """What the law lets this person see: visible workspaces, visible topics. Nothing is in both."""
    spaces = Workspace.objects.visible_to(person).values("pk")
    topics = Topic.objects.visible_to(person).values("pk")
    return [{"workspace_number__in": spaces}, {"thing": "theses.topic", "thing_id__in": topics}]


@prepared
def _titles(workspaces: list[int]) -> QuerySet:
    return Workspace.objects.filter(pk__in=workspaces).values_list("pk", "title")


def _hit(row: SearchEntry, spaces: dict[int, str], words: list[str]) -> Hit:
    kind, icon = KINDS.get(row.thing, (row.thing, "point"))
    where = spaces.get(row.workspace_number or 0, "")
    return Hit(
        title=row.title,
        link=row.link,
        kind=str(kind),
        icon=icon,
        excerpt=_excerpt(row.body, words),
        where=where if where != row.title else "",
        changed_at=row.changed_at,
    )


def _excerpt(body: str, words: list[str]) -> str:
    """The text around the first word found."""
    lower = body.casefold()
    places = [at for w in words if (at := lower.find(w.casefold())) >= 0]
    start = body.rfind(" ", 0, max(min(places, default=0) - 60, 0) + 1) + 1
    return ("…" if start else "") + said_of_part(body[start : start + 400], 200)


def _number(raw: str) -> int:
    return min(int(raw), FARTHEST) if raw.isascii() and raw.isdigit() and len(raw) < 5 else 0
