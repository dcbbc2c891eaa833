"""Small tools pages use."""

from django.http import Http404, HttpRequest, HttpResponse

from superviseme.policy.actions import Action

from .access import signed_in
from .forms import MAX_TEXT
from .text import clean, markdown


@signed_in("POST")
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The text as it will look; at most as long as a text may be."""
    return HttpResponse(markdown(clean(request.POST.get("text", ""))[:MAX_TEXT]))


@signed_in("GET", "POST", action=Action.SITE_MANAGE)
def nowhere_in_administration(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answers what no other address below /admin does, so that others cannot tell what is there from what is not."""
    raise Http404
