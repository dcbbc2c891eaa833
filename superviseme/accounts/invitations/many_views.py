"""Inviting many at once: a list is looked at first, then all of it is sent or nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from superviseme.policy.actions import Action
from superviseme.policy.roles import Role
from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.web.forms import posted

from . import actions
from .forms import InviteMany
from .table_file import Row, Unreadable, read_people


@signed_in("GET", "POST", action=Action.PERSON_INVITE)
def many(request: HttpRequest) -> HttpResponse:
    form = InviteMany(posted(request), request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, [], 200 if request.method == "GET" else 422)
    form = form.as_read()
    try:
        rows = read_people(form.cleaned_data["people"], role=form.cleaned_data["role"])
    except Unreadable as problem:
        form.add_error("people", str(problem))
        return _page(request, form, [], 422)
    wrong = [row for row in rows if row.error]
    if wrong or request.POST.get("step") != "send":
        return _page(request, form, rows, 422 if wrong else 200)
    try:
        actions.invite_many(rows=rows, by=request.user)
    except actions.CannotInvite as refusal:  # somebody else invited one of them meanwhile
        form.add_error("people", refusal.reason)
        return _page(request, form, rows, 422)
    said = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", len(rows))
    return done(request, to=reverse("invitations"), message=said % {"n": len(rows)})


def _page(request: HttpRequest, form: InviteMany, rows: list[Row], status: int) -> HttpResponse:
    context = {
        "form": form,
        "rows": rows,
        "wrong": sum(bool(row.error) for row in rows),
        "roles": dict(Role.choices),
        "text": form.cleaned_data.get("people", "") if form.is_bound and hasattr(form, "cleaned_data") else "",
    }
    return render(request, "accounts/invitations/many.html", context, status=status)
