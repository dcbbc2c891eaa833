"""Pages of to-dos: list, board, one, edit; and what completes `@todo:` while typing."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in
from superviseme.web.answers import attempt, done, is_htmx, piece
from superviseme.web.forms import posted

from ..room.access import thing_in, workspace_for
from ..room.frame import answered, frame
from ..room.models import Workspace
from . import actions, queries
from .forms import TodoForm
from .models import Todo, TodoState
from .queries import Filters


@signed_in("GET", "POST")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    if request.method == "GET":
        return _index(request, workspace, form_for(workspace))
    require(request.user, Action.TODO_ADD, workspace)
    form = form_for(workspace, request.POST)
    if not form.is_valid():
        if is_htmx(request):
            context = {"workspace": workspace, "form": form, "opened": True}
            return piece(request, "workspaces/todos/_composer.html", context, status=422)
        return _index(request, workspace, form, status=422)
    data = form.cleaned_data
    data.pop("version")
    todo = actions.add_todo(workspace, **data, by=request.user)
    context = (
        {"workspace": workspace, "form": form_for(workspace), **listing(request, workspace)} if is_htmx(request) else {}
    )
    message = _("To-do #%(n)s added.") % {"n": todo.number}
    to, template = back(request, todo), "workspaces/todos/_added.html"
    link = todo.get_absolute_url()  # the list may be filtered so that it does not show there
    return answered_in_list(request, workspace, to=to, template=template, context=context, message=message, link=link)


@signed_in("GET")
def show(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    todo = queries.one_todo(find(workspace, n))
    mentions = queries.mentions(todo, after=request.GET.get("after", ""))
    context = frame(workspace, request.user, "todos", todo=todo, mentions=mentions)
    return render(request, "workspaces/todos/show.html", context)


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    todo = find(workspace, n)
    require(request.user, Action.TODO_EDIT, todo)
    names = ("title", "assignee", "due_on", "priority", "description", "version")
    initial = {name: getattr(todo, "assignee_id" if name == "assignee" else name) for name in names}
    form = form_for(workspace, posted(request), initial=initial, keep=todo)
    tried = attempt(form, partial(actions.edit_todo, todo, by=request.user))
    if tried.saved:
        return done(request, to=todo.get_absolute_url())
    context = frame(workspace, request.user, "todos", todo=todo, form=form, current=tried.current)
    return render(request, "workspaces/todos/edit.html", context, status=tried.status)


@signed_in("GET")
def completions(request: HttpRequest, pk: int) -> HttpResponse:
    """[{"number", "title", "text"}] for `@todo:` while typing."""
    workspace = workspace_for(request, pk)
    return JsonResponse(queries.completions(workspace, request.GET.get("q", "")), safe=False)


def find(workspace: Workspace, n: int) -> Todo:
    return thing_in(
        workspace, Todo.objects.live().select_related("assignee", "created_by", "closed_by", "meeting"), number=n
    )


def back(request: HttpRequest, todo: Todo) -> str:
    """Where a plain form leads: to the list as it was filtered."""
    chosen = {name: request.GET[name] for name in ("view", "assignee", "state") if request.GET.get(name)}
    return reverse("todos", args=[todo.workspace_id], query=chosen or None)


def answered_in_list(request: HttpRequest, workspace: Workspace, **answer: Any) -> HttpResponse:
    """`answered`, and with the piece for htmx the numbers on the chips above the list."""
    response = answered(request, workspace, **answer)
    if is_htmx(request):
        filters = _filters(request, workspace)
        counts = queries.counts(workspace, request.user, filters)
        on_board = request.GET.get("view") == "board"
        context = {"workspace": workspace, "filters": filters, "counts": counts, "board": on_board, "again": True}
        response.write(render_to_string("workspaces/todos/_filters.html", context, request))
    return response


def listing(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:
    """What _list.html or _board.html shows, as filtered in the address."""
    person, filters = request.user, _filters(request, workspace)
    counted = queries.counts(workspace, person, filters)
    context: dict[str, Any] = {"filters": filters, "counts": counted}
    if request.GET.get("view") == "board":
        return {**context, "columns": queries.board(workspace, person, filters)}
    after = request.GET.get("after", "")
    if filters.state in queries.CLOSED:
        return {**context, "page": queries.closed_page(workspace, person, filters, after), "groups": None}
    page, groups = queries.open_page(workspace, person, filters, counted, after)
    lately = [] if filters.state or page.older else queries.lately_done(workspace, person, filters)
    return {**context, "page": page, "groups": groups, "lately": lately}


def _filters(request: HttpRequest, workspace: Workspace) -> Filters:
    """Only what means something here; the rest of the address is as if it were not there."""
    assignee, state = request.GET.get("assignee", ""), request.GET.get("state", "")
    known = {"me", "nobody", *(str(pk) for pk in workspace.seats)}
    return Filters(assignee if assignee in known else "", state if state in TodoState.values else "")


def form_for(
    workspace: Workspace, data: Any = None, initial: dict[str, Any] | None = None, keep: Todo | None = None
) -> TodoForm:
    """`keep` is the to-do being edited: whoever has it stays to choose from, even after leaving the workspace."""
    people = {m.person_id: m.person for m in queries.members_of(workspace)}
    if keep and keep.assignee:
        people.setdefault(keep.assignee.pk, keep.assignee)
    return TodoForm(data, initial=initial or {"priority": 2}, people=people)


def _index(request: HttpRequest, workspace: Workspace, form: TodoForm, status: int = 200) -> HttpResponse:
    context = frame(workspace, request.user, "todos", form=form, opened=status != 200, **listing(request, workspace))
    return render(request, "workspaces/todos/index.html", context, status=status)
