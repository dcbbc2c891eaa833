"""The pages behind the links at the foot of every page; their words are settings, written by administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.site.table import SETTINGS
from superviseme.site.values import setting
from superviseme.web.access import anyone


@anyone("GET", reason="people read what becomes of their data before they sign in")
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "privacy")


@anyone("GET", reason="who is responsible for a site is public")
def imprint(request: HttpRequest) -> HttpResponse:
    return _page(request, "imprint")


@anyone("GET", reason="who cannot use the sign-in page needs it most")
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "accessibility")


def _page(request: HttpRequest, name: str) -> HttpResponse:
    context = {
        "title": SETTINGS[name].label,
        "text": str(setting(name)),
        "may_edit": bool(can(request.user, Action.SITE_MANAGE)),
    }
    return render(request, "home/about.html", context)
