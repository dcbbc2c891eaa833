from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.web.forms import posted

from . import actions, queries
from .forms import TokenForm
from .models import Token


@signed_in("GET", "POST")
def tokens(request: HttpRequest) -> HttpResponse:
    """The answer to the form is the page with the secret on it: it is kept nowhere, so no other page could show it."""
    form = TokenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        token, secret = actions.make_token(by=request.user, **form.token())
        return _page(request, TokenForm(), made=token, secret=secret)
    return _page(request, form, status=422 if form.errors else 200)


@signed_in("POST")
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token.objects.select_related("person"), pk=pk, person=request.user)
    actions.revoke_token(token, by=request.user)
    words = _("«%(title)s» opens nothing any more.") % {"title": token.label}
    return done(request, to=reverse("tokens"), message=words)


def _page(
    request: HttpRequest, form: TokenForm, *, status: int = 200, made: Token | None = None, secret: str = ""
) -> HttpResponse:
    context = {"form": form, "tokens": queries.tokens_of(request.user), "made": made, "secret": secret}
    return render(request, "api/tokens.html", context, status=status)
