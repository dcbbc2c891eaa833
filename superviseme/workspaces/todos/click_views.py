"""Clicks on a to-do: complete, reopen, cancel, move on the board, delete, restore."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in
from superviseme.web.answers import done, is_htmx

from ..room.access import thing_in, workspace_for
from . import actions
from .forms import MoveForm
from .models import Todo, TodoState
from .views import answered_in_list, back, find, listing


@signed_in("POST")
def completion(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    return _moved(request, pk, n, TodoState.DONE, _("Completed «%(title)s»."))


@signed_in("POST")
def reopening(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    return _moved(request, pk, n, TodoState.OPEN, _("«%(title)s» is open again."))


@signed_in("POST")
def cancellation(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    return _moved(request, pk, n, TodoState.CANCELLED, _("Cancelled «%(title)s»."))


@signed_in("POST")
def state(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """Between the columns of the board, and into progress; answers with the board, or the row where there is none."""
    workspace = workspace_for(request, pk)
    todo = find(workspace, n)
    require(request.user, Action.TODO_EDIT, todo)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("There is no such state."), status=422, content_type="text/plain")
    actions.move_todo(todo, to=form.cleaned_data["to"], by=request.user)
    on_board = request.GET.get("view") == "board"
    context = {"workspace": workspace, "todo": todo}
    if on_board and is_htmx(request):
        context |= listing(request, workspace)
    template = "workspaces/todos/_board.html" if on_board else "workspaces/todos/_row.html"
    return answered_in_list(request, workspace, to=back(request, todo), template=template, context=context)


@signed_in("POST")
def deletion(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    todo = find(workspace, n)
    actions.delete_todo(todo, by=request.user)
    message = _("«%(title)s» deleted.") % {"title": todo.title}
    undo = reverse("todo_restoration", args=[pk, n])
    to = back(request, todo)
    return answered_in_list(request, workspace, to=to, template="ui/_gone.html", message=message, undo=undo)


@signed_in("POST")
def restoration(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    todo = thing_in(workspace, Todo.objects.all(), number=n)
    actions.restore_todo(todo, by=request.user)
    return done(request, to=todo.get_absolute_url(), message=_("«%(title)s» restored.") % {"title": todo.title})


def _moved(request: HttpRequest, pk: int, n: int, to: str, words: str) -> HttpResponse:
    workspace = workspace_for(request, pk)
    todo = find(workspace, n)
    actions.move_todo(todo, to=to, by=request.user)
    undo = reverse("todo_reopening", args=[pk, n]) if not todo.is_open else ""
    context = {"workspace": workspace, "todo": todo}
    message = words % {"title": todo.title}
    return answered_in_list(
        request,
        workspace,
        to=back(request, todo),
        template="workspaces/todos/_row.html",
        context=context,
        message=message,
        undo=undo,
    )
