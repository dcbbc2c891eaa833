from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.accounts.profile.fields import zones
from superviseme.policy.actions import Action
from superviseme.site.models import Picture
from superviseme.site.table import GROUPS
from superviseme.site.values import setting
from superviseme.web.access import anyone, signed_in
from superviseme.web.answers import Stale, done
from superviseme.web.contents import guarded
from superviseme.web.forms import posted
from superviseme.workspaces.files.quota import taken

from . import actions
from .forms import Group, Logo
from .words import GROUP_WORDS

managing = Action.SITE_MANAGE


@signed_in("GET", action=managing)
def index(request: HttpRequest) -> HttpResponse:
    return redirect("settings_group", "site")


@signed_in("GET", "POST", action=managing)
def group(request: HttpRequest, group: str) -> HttpResponse:
    if group not in GROUPS:
        raise Http404
    form = Group(posted(request), group=group)
    if request.method == "GET" or not form.is_valid():
        return _page(request, group, form, 200 if request.method == "GET" else 422)
    try:
        changed = actions.change_settings(
            group=group, values=form.values(), seen=form.cleaned_data["seen"], by=request.user
        )
    except Stale:
        return _page(request, group, form, 409, now_set=Group(group=group))
    said = _("The settings are saved.") if changed else _("Nothing was different, so nothing was changed.")
    return done(request, to=reverse("settings_group", args=[group]), message=said)


@signed_in("POST", action=managing)
def logo(request: HttpRequest) -> HttpResponse:
    form = Logo(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, "site", Group(group="site"), 422, logo=form)
    data, kind = form.cleaned_data["logo"]
    actions.set_logo(data=data, content_type=kind, by=request.user)
    return done(request, to=reverse("settings_group", args=["site"]), message=_("The logo is on every page now."))


@signed_in("POST", action=managing)
def logo_removal(request: HttpRequest) -> HttpResponse:
    actions.remove_logo(by=request.user)
    return done(request, to=reverse("settings_group", args=["site"]), message=_("The logo is the usual one again."))


@anyone("GET", reason="the logo stands on the sign-in page too")
def picture(request: HttpRequest, digest: str) -> HttpResponse:
    """Its address names its content, so it may be kept for ever."""
    found = get_object_or_404(Picture, digest=digest)
    response = HttpResponse(bytes(found.data), content_type=found.content_type)
    return guarded(response, keep="public, max-age=31536000, immutable")


def _page(request: HttpRequest, group: str, form: Group, status: int, **more: Any) -> HttpResponse:
    title, about = GROUP_WORDS[group]
    context = {
        "form": form,
        "group": group,
        "title": title,
        "about": about,
        "tabs": [
            {"label": words, "href": reverse("settings_group", args=[key]), "active": key == group}
            for key, (words, _about) in GROUP_WORDS.items()
        ],
        "zones": zones() if group == "site" else [],
        "logo": Logo(),
        "taken": filesizeformat(taken()) if group == "keeping" else "",
        "has_logo": bool(setting("logo")),
        **more,
    }
    return render(request, "ops/settings/group.html", context, status=status)
