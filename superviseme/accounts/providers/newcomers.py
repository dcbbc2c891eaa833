"""Views for people whom a provider knows by no address that it vouches for: they are asked for one and confirm it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from superviseme.accounts.signin import throttle
from superviseme.accounts.signin.browser import visitor
from superviseme.accounts.signin.refused import too_many
from superviseme.web.access import anyone
from superviseme.web.forms import posted

from . import actions, journeys, queries
from .forms import Address
from .views import welcome


@anyone("GET", "POST", reason="who comes from a provider has no account yet; the session says who it is")
def address(request: HttpRequest) -> HttpResponse:
    newcomer = journeys.newcomer(request)
    if newcomer is None:
        return HttpResponseRedirect(reverse("account_login"))
    told = newcomer.claims
    form = Address(posted(request), initial={"email": told.email, "name": told.name, "surname": told.surname})
    provider = queries.name_of(newcomer.provider)
    if request.method == "POST" and form.is_valid():
        try:
            with throttle.counted("sign-up", f"{told.issuer} {told.subject}", visitor(request, "")):
                actions.ask_for_address(newcomer=newcomer, **form.cleaned_data)
        except throttle.TooMany as refusal:
            return too_many(request, refusal.until)
        return render(request, "account/address_sent.html", {"email": form.cleaned_data["email"], "provider": provider})
    context = {"form": form, "provider": provider}
    return render(request, "account/address.html", context, status=422 if form.is_bound else 200)


@anyone("GET", "POST", reason="the link in the mail is the key, and the session says who holds it")
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    newcomer = journeys.newcomer(request)
    try:
        told = actions.read_address_token(token)
        if request.method == "POST" and newcomer:
            return welcome(request, actions.confirm_address(token=token, newcomer=newcomer), newcomer.next)
    except (actions.CannotConfirm, actions.Taken, actions.Closed):
        return render(request, "account/address_gone.html", status=404)
    knows = newcomer is not None and newcomer.claims.subject == told["subject"]
    provider = {"key": told["provider"], "name": queries.name_of(told["provider"])}
    context = {"email": told["email"], "token": token, "knows": knows, "provider": provider}
    return render(request, "account/address_confirmation.html", context)
