"""My to-dos, my meetings and my seats, across workspaces."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.accounts.people.queries import seats_of
from superviseme.policy.roles import Kind
from superviseme.web.access import signed_in
from superviseme.web.paging import keyset_page
from superviseme.web.prepared import prepared
from superviseme.web.time import now
from superviseme.workspaces.models import Meeting, Member, Todo


@signed_in("GET")
def todos(request: HttpRequest) -> HttpResponse:
    """Open to-dos given to me, the most urgent first; `?done=1` the closed ones."""
    me = request.user.pk
    done = request.GET.get("done") == "1"
    after = request.GET.get("after", "")
    if done:
        page = keyset_page(_todos(me, which="closed"), order=("-closed_at", "-pk"), after=after)
        return render(request, "home/todos.html", {"page": page, "done": True, "undated": []})
    page = keyset_page(_todos(me, which="dated"), order=("due_on", "priority", "pk"), after=after)
    undated = [] if page.older else _todos(me, which="undated").fetch(order=("priority", "-pk"), most=25)
    return render(request, "home/todos.html", {"page": page, "done": False, "undated": undated})


@prepared
def _todos(person: int, *, which: str) -> QuerySet:
    member = Member.objects.filter(workspace=OuterRef("workspace"), person=person)
    rows = Todo.objects.live().filter(Exists(member), assignee=person).select_related("workspace", "created_by")
    if which == "closed":
        return rows.filter(state__in=["done", "cancelled"])
    rows = rows.filter(state__in=["open", "doing"])
    return rows.filter(due_on=None) if which == "undated" else rows.exclude(due_on=None)


@signed_in("GET")
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings I am asked to: the coming ones, `?past=1` the others."""
    past = request.GET.get("past") == "1"
    order = ("-starts_at", "-pk") if past else ("starts_at", "pk")
    rows = _meetings(request.user.pk, now(), past=past)
    page = keyset_page(rows, order=order, after=request.GET.get("after", ""))
    return render(request, "home/meetings.html", {"page": page, "past": past})


@prepared
def _meetings(person: int, moment: dt.datetime, *, past: bool) -> QuerySet:
    member = Member.objects.filter(workspace=OuterRef("workspace"), person=person)
    rows = Meeting.objects.live().filter(Exists(member), attendees__person=person).select_related("workspace")
    return rows.filter(starts_at__lt=moment) if past else rows.filter(starts_at__gte=moment)


@signed_in("GET")
def seats(request: HttpRequest) -> HttpResponse:
    """Where I take part, running or ended, by whatever seat: no role is needed to find what one may read."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in (Kind.THESIS, Kind.PROJECT) else ""
    page = seats_of(request.user, kind=kind, after=request.GET.get("after", ""))
    return render(request, "home/seats.html", {"seats": page, "kind": kind})
