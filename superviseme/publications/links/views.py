from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.publications import actions, queries
from superviseme.publications.models import Publication, PublicationLink
from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.workspaces.room.access import thing_in, workspace_for
from superviseme.workspaces.room.frame import frame

PLACE = "publications"


@signed_in("GET", "POST")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    if request.method == "POST":
        require(request.user, Action.PUBLICATION_LINK, workspace)
        chosen = request.POST.get("publication", "")
        if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
            return _page(request, workspace, status=422, wrong=_("Choose one of your publications."))
        publication = get_object_or_404(Publication.objects.visible_to(request.user).live(), pk=int(chosen))
        actions.link_publication(publication, workspace, by=request.user)
        said = _("«%(title)s» is shown here.") % {"title": publication.title}
        return done(request, to=reverse("workspace_publications", args=[pk]), message=said)
    return _page(request, workspace)


@signed_in("POST")
def deletion(request: HttpRequest, pk: int, link_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    link = thing_in(workspace, PublicationLink.objects.select_related("publication"), pk=link_id)
    actions.unlink_publication(link, by=request.user)
    message = _("«%(title)s» is not shown here any more.") % {"title": link.publication.title}
    return done(request, to=reverse("workspace_publications", args=[pk]), message=message)


def _page(request: HttpRequest, workspace: Any, status: int = 200, wrong: str = "") -> HttpResponse:
    page = queries.linked_in(workspace, request.GET.get("after", ""))
    mine = queries.linkable(request.user, workspace)
    context = frame(workspace, request.user, PLACE, page=page, linkable=mine, wrong=wrong)
    return render(request, "publications/workspace.html", context, status=status)


def tab(workspace: Any) -> dict[str, Any]:
    """What the strip of tabs shows of it."""
    return {"key": PLACE, "label": _("Publications"), "href": reverse("workspace_publications", args=[workspace.pk])}
