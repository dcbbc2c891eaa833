from typing import Any
from urllib.parse import urlsplit

import structlog
from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.site.values import setting
from superviseme.web.access import anyone, signed_in
from superviseme.web.answers import done
from superviseme.web.elsewhere import LOOPBACK, Away, origin

from . import actions, journeys, oidc, queries
from .provider import Claims, Provider

log = structlog.get_logger("superviseme.providers")


@anyone("POST", reason="people sign in here")
def start(request: HttpRequest, key: str) -> HttpResponse:
    return _leave(request, _called(key), next=_safe(request.POST.get("next", "")), connects=None)


@signed_in("POST")
def connecting(request: HttpRequest, key: str) -> HttpResponse:
    return _leave(request, _called(key), next=_safe(request.POST.get("next", "")), connects=request.user.pk)


@anyone("GET", reason="the provider sends people back here; the state is the key")
def callback(request: HttpRequest, key: str) -> HttpResponse:
    provider = _called(key)
    journey = journeys.come_back(request, key, request.GET.get("state", "")[:200])
    if journey is None:
        return _sorry(request, provider, "lost")
    if "error" in request.GET or not request.GET.get("code"):
        refused = request.GET.get("error") == "access_denied"
        return _sorry(request, provider, "refused" if refused else "nonsense", why=request.GET.get("error", "")[:80])
    if journey.connects and journey.connects != request.user.pk:
        return _sorry(request, provider, "lost")
    try:
        claims = oidc.claims(
            provider,
            code=request.GET["code"][:4000],
            nonce=journey.nonce,
            verifier=journey.verifier,
            back=journey.back,
            iss=request.GET.get("iss", ""),
        )
    except Away as problem:
        return _sorry(request, provider, "away", why=str(problem))
    except oidc.Nonsense as problem:
        return _sorry(request, provider, "nonsense", why=str(problem))
    if journey.connects:
        return _connect(request, provider, claims, journey.next)
    return _enter(request, provider, claims, journey.next)


@signed_in("POST")
def disconnection(request: HttpRequest, pk: int) -> HttpResponse:
    identity = get_object_or_404(request.user.identities, pk=pk)
    actions.disconnect(identity=identity, by=request.user)
    said = _("%(provider)s does not sign you in any more.") % {"provider": queries.name_of(identity.provider)}
    return done(request, to=reverse("profile"), message=said)


def sign_in(request: HttpRequest, person: Person, next: str) -> HttpResponse:
    """As by password: a disabled account stays closed, one that waits says so. Ends when the browser is closed."""
    if not person.is_active or person.erased_at:
        return render(request, "account/unused.html", status=403)
    response = perform_login(request, person, email_verification="none", redirect_url=next or None)
    if request.user.is_authenticated:
        request.session.set_expiry(0)
    return response


def _leave(request: HttpRequest, provider: Provider, *, next: str, connects: int | None) -> HttpResponse:
    back = _home(request) + reverse("provider_callback", args=[provider.key])
    state, journey = journeys.begin(request, provider.key, back=back, next=next, connects=connects)
    try:
        place = oidc.address(provider, state=state, nonce=journey.nonce, verifier=journey.verifier, back=back)
    except Away as problem:
        return _sorry(request, provider, "away", why=str(problem))
    except oidc.Nonsense as problem:
        return _sorry(request, provider, "nonsense", why=str(problem))
    if origin(place) == origin(provider.issuer):
        return HttpResponseRedirect(place)
    # A form may lead only to the issuer itself (content security policy); from there on a page leads.
    return render(request, "account/provider_on.html", {"place": place, "provider": provider})


def _connect(request: HttpRequest, provider: Provider, claims: Claims, next: str) -> HttpResponse:
    try:
        actions.connect(claims=claims, provider=provider.key, by=request.user)
    except actions.ConnectedElsewhere:
        return _sorry(request, provider, "elsewhere")
    said = _("%(provider)s is connected. You can sign in with it from now on.") % {"provider": provider.name}
    return done(request, to=next or reverse("profile"), message=said)


def _enter(request: HttpRequest, provider: Provider, claims: Claims, next: str) -> HttpResponse:
    identity = queries.identity_of(claims)
    if identity:
        actions.note_use(identity=identity)
        return sign_in(request, identity.person, next)
    if setting("sign_up") == "invited":
        return render(request, "account/provider_closed.html", {"provider": provider}, status=403)
    if not claims.email_is_verified:
        confirms = next.startswith(reverse("sign_up_confirmation", args=["x"])[:-1])
        journeys.keep_newcomer(request, journeys.Newcomer(claims, provider.key, "" if confirms else next))
        return HttpResponseRedirect(next if confirms else reverse("sign_up_address"))
    try:
        person = actions.sign_up(
            claims=claims, provider=provider.key, email=claims.email, name=claims.name, surname=claims.surname
        )
    except actions.Taken:
        context = {"provider": provider, "email": claims.email}
        return render(request, "account/provider_taken.html", context, status=409)
    return welcome(request, person, next)


def welcome(request: HttpRequest, person: Person, next: str) -> HttpResponse:
    """After signing up: in at once, or the page that says who decides."""
    journeys.forget_newcomer(request)
    if person.approved_at is None:
        return render(request, "account/waiting.html", {"is_new": True})
    return sign_in(request, person, next)


def _sorry(request: HttpRequest, provider: Provider, what: str, why: str = "") -> HttpResponse:
    """Nobody was signed in; says what happened and the ways on."""
    if what in ("away", "nonsense"):
        log.warning("A provider could not sign somebody in.", provider=provider.key, what=what, why=why)
    context: dict[str, Any] = {"provider": provider, "what": what}
    response = render(request, "account/provider_sorry.html", context, status=503 if what == "away" else 400)
    if what == "away":
        response["Retry-After"] = "30"
    return response


def _called(key: str) -> Provider:
    found = queries.provider_called(key)
    if found is None:
        raise Http404
    return found


def _home(request: HttpRequest) -> str:
    """Where people see us. A browser on this machine may use another of its names: its cookies are for that one."""
    here = urlsplit(request.build_absolute_uri("/"))
    return origin(here.geturl()) if here.hostname in LOOPBACK else settings.BASE_URL


def _safe(wanted: str) -> str:
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""
