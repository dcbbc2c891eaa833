from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.providers.queries import doors_of
from superviseme.accounts.signin import throttle
from superviseme.accounts.signin.refused import too_many
from superviseme.web.access import anyone, signed_in
from superviseme.web.answers import Stale, done
from superviseme.web.appearance import A_YEAR, THEMES
from superviseme.web.forms import posted
from superviseme.web.language import spoken

from . import actions
from .fields import zones
from .forms import ChangeEmail, OwnProfile


@signed_in("GET", "POST")
def profile(request: HttpRequest) -> HttpResponse:
    form = OwnProfile(posted(request), person=request.user)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, status=200 if request.method == "GET" else 422)
    try:
        actions.edit_profile(by=request.user, **form.profile())
    except Stale:
        return _page(request, form, status=409, stale=OwnProfile(person=Person.objects.get(pk=request.user.pk)))
    response = done(request, to=reverse("profile"), message=_("Your profile is saved."))
    return _with_theme(request, response, form.cleaned_data["theme"])


@signed_in("POST")
def theme(request: HttpRequest) -> HttpResponse:
    response = done(request, to=reverse("profile"))
    return _with_theme(request, response, request.POST.get("theme", ""))


@anyone("POST", reason="which language the pages speak is a matter of the browser, also before signing in")
def language(request: HttpRequest) -> HttpResponse:
    """Kept with the account, for mail too; a visitor's in a cookie of this browser."""
    chosen = request.POST.get("language", "")
    response = done(request, to="/")
    if spoken(chosen) and request.user.is_authenticated:
        actions.set_language(by=request.user, language=chosen)
    elif spoken(chosen):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response


@signed_in("GET", "POST")
def email(request: HttpRequest) -> HttpResponse:
    form = ChangeEmail(posted(request), person=request.user)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["email"]
        try:
            with throttle.counted("new-address", request.user.email, throttle.Visitor(f"person:{request.user.pk}")):
                actions.ask_for_email(by=request.user, email=wanted)
        except throttle.TooMany as refused:
            return too_many(request, refused.until)
        return done(
            request,
            to=reverse("profile"),
            message=_("A link went to %(email)s. Your address changes when you open it.") % {"email": wanted},
        )
    return render(request, "accounts/profile/email.html", {"form": form}, status=422 if form.is_bound else 200)


@signed_in("GET", "POST")
def email_confirmation(request: HttpRequest, token: str) -> HttpResponse:
    try:
        wanted = actions.read_email_token(token, request.user)
        if request.method == "GET":
            return render(request, "accounts/profile/email_confirmation.html", {"email": wanted, "token": token})
        actions.confirm_email(token=token, by=request.user)
    except actions.CannotConfirm:
        return render(request, "accounts/profile/email_gone.html", status=404)
    update_session_auth_hash(request, request.user)
    return done(
        request,
        to=reverse("profile"),
        message=_("Your address is %(email)s now. Sign in with it from now on.") % {"email": wanted},
    )


@signed_in("POST")
def sessions(request: HttpRequest) -> HttpResponse:
    actions.sign_out_elsewhere(by=request.user)
    update_session_auth_hash(request, request.user)
    return done(request, to=reverse("profile"), message=_("Every other browser is signed out."))


def _page(request: HttpRequest, form: OwnProfile, *, status: int, stale: OwnProfile | None = None) -> HttpResponse:
    ways_in = doors_of(request.user) if settings.SIGN_IN_PROVIDERS else []
    context = {"form": form, "stale": stale, "zones": zones(), "welcome": "welcome" in request.GET, "ways_in": ways_in}
    return render(request, "accounts/profile/profile.html", context, status=status)


def _with_theme(request: HttpRequest, response: HttpResponse, chosen: str) -> HttpResponse:
    """Kept with the account and, for this browser, in its cookie."""
    if chosen in THEMES:
        actions.set_theme(by=request.user, theme=chosen)
        response.set_cookie("theme", chosen, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response
