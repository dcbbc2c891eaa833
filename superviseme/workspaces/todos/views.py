"""Pages and clicks of to-dos: workspace through `visible_to`, form, one action, answer."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from superviseme.web.access import signed_in

from ..room.access import thing_in, workspace_for
from ..room.frame import frame
from . import queries
from .models import Todo


@signed_in("GET")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    return render(request, "workspaces/todos/index.html", frame(workspace, request.user, "todos"))


@signed_in("GET")
def show(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    todo = thing_in(workspace, Todo.objects.live(), number=n)
    return render(request, "workspaces/todos/show.html", frame(workspace, request.user, "todos", todo=todo))


@signed_in("GET")
def completions(request: HttpRequest, pk: int) -> HttpResponse:
    """[{"number", "title", "text"}] for `@todo:` while typing."""
    workspace = workspace_for(request, pk)
    return JsonResponse(queries.completions(workspace, request.GET.get("q", "")), safe=False)
