from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.web.forms import posted

from . import actions
from .forms import HookForm
from .models import Hook


@signed_in("GET", "POST")
def webhook(request: HttpRequest) -> HttpResponse:
    """The first time the answer is the page with the secret on it: no other page could show it."""
    form = HookForm(posted(request))
    if request.method == "POST" and form.is_valid():
        secret = actions.open_hook(by=request.user, address=form.cleaned_data["address"])
        if not secret:
            return done(request, to=reverse("webhook"), message=_("Notices go there from now on."))
        return _page(request, secret=secret)
    return _page(request, form, status=422 if form.errors else 200)


@signed_in("POST")
def secret(request: HttpRequest) -> HttpResponse:
    return _page(request, secret=actions.renew_secret(by=request.user))


@signed_in("POST")
def test(request: HttpRequest) -> HttpResponse:
    actions.send_test(by=request.user)
    return done(request, to=reverse("webhook"), message=_("A word is on its way there. Look again in a minute."))


@signed_in("POST")
def deletion(request: HttpRequest) -> HttpResponse:
    actions.close_hook(by=request.user)
    return done(request, to=reverse("webhook"), message=_("Nothing goes there any more."))


def _page(request: HttpRequest, form: HookForm | None = None, *, secret: str = "", status: int = 200) -> HttpResponse:
    hook = Hook.objects.filter(person=request.user).first()
    shown = form if form is not None and form.is_bound else HookForm(initial={"address": hook.address if hook else ""})
    locked = hook is not None and hook.secret is None
    context = {"hook": hook, "form": shown, "secret": secret, "locked": locked}
    return render(request, "api/webhook.html", context, status=status)
