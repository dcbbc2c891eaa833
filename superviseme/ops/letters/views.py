from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from superviseme.outbox.letters import Letter, write
from superviseme.policy.actions import Action
from superviseme.web.access import signed_in
from superviseme.web.framed import framed

from .samples import ABOUT, sample


@signed_in("GET", action=Action.SITE_MANAGE)
def letters(request: HttpRequest) -> HttpResponse:
    found = [(name, about, _written(name).subject) for name, about in ABOUT.items()]
    return render(request, "ops/letters/list.html", {"letters": found})


@signed_in("GET", action=Action.SITE_MANAGE)
def one(request: HttpRequest, letter: str) -> HttpResponse:
    context = {"name": letter, "written": _written(letter), "about": ABOUT[letter]}
    return render(request, "ops/letters/one.html", context)


@signed_in("GET", action=Action.SITE_MANAGE)
def html(request: HttpRequest, letter: str) -> HttpResponse:
    return framed(_written(letter).html)


def _written(letter: str) -> Letter:
    if letter not in ABOUT:
        raise Http404
    return write(letter, sample(letter), language=get_language() or "")
