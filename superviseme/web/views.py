"""Small tools pages use."""

from django.http import HttpRequest, HttpResponse

from .access import signed_in
from .forms import MAX_TEXT
from .text import clean, markdown


@signed_in("POST")
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The text as it will look; at most as long as a text may be."""
    return HttpResponse(markdown(clean(request.POST.get("text", ""))[:MAX_TEXT]))
