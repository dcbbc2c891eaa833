"""My to-dos and my meetings, across workspaces."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.web.access import signed_in
from superviseme.web.paging import keyset_page
from superviseme.web.time import now
from superviseme.workspaces.models import Meeting, Member, Todo


@signed_in("GET")
def todos(request: HttpRequest) -> HttpResponse:
    """Open to-dos given to me, the most urgent first; `?done=1` the closed ones."""
    member = Member.objects.filter(workspace=OuterRef("workspace"), person=request.user)
    rows = Todo.objects.live().filter(Exists(member), assignee=request.user).select_related("workspace", "created_by")
    done = request.GET.get("done") == "1"
    after = request.GET.get("after", "")
    if done:
        page = keyset_page(rows.filter(state__in=["done", "cancelled"]), order=("-closed_at", "-pk"), after=after)
        return render(request, "home/todos.html", {"page": page, "done": True, "undated": []})
    open_rows = rows.filter(state__in=["open", "doing"])
    page = keyset_page(open_rows.exclude(due_on=None), order=("due_on", "priority", "pk"), after=after)
    undated = [] if page.older else list(open_rows.filter(due_on=None).order_by("priority", "-pk")[:25])
    return render(request, "home/todos.html", {"page": page, "done": False, "undated": undated})


@signed_in("GET")
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings I am asked to: the coming ones, `?past=1` the others."""
    member = Member.objects.filter(workspace=OuterRef("workspace"), person=request.user)
    rows = Meeting.objects.live().filter(Exists(member), attendees__person=request.user).select_related("workspace")
    past = request.GET.get("past") == "1"
    order = ("-starts_at", "-pk") if past else ("starts_at", "pk")
    rows = rows.filter(starts_at__lt=now()) if past else rows.filter(starts_at__gte=now())
    page = keyset_page(rows, order=order, after=request.GET.get("after", ""))
    return render(request, "home/meetings.html", {"page": page, "past": past})
