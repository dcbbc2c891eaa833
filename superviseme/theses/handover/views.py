from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from superviseme.accounts.models import Person
from superviseme.policy.actions import Action
from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.web.forms import posted

from ..states import label_of
from . import actions, queries
from .forms import HandOver

SHOWN = 50


@signed_in("GET", "POST", action=Action.SITE_MANAGE)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    form = HandOver(posted(request), person=person)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        result = actions.hand_over(person=person, by=request.user, **given)
        for workspace, why in result.kept[:10]:
            messages.warning(request, _("«%(title)s» stays: %(why)s") % {"title": workspace.title, "why": why})
        theses, topics = len(result.theses), len(result.topics)
        words = {
            "name": given["to"].full_name,
            "theses": ngettext("%(n)s thesis", "%(n)s theses", theses) % {"n": theses},
            "topics": ngettext("%(n)s topic", "%(n)s topics", topics) % {"n": topics},
        }
        said = _("Handed over to %(name)s: %(theses)s and %(topics)s.") % words
        said = said if theses or topics else _("Nothing was handed over.")
        return done(request, to=reverse("user", args=[pk]), message=said)
    return _page(request, person, form)


def _page(request: HttpRequest, person: Person, form: HandOver) -> HttpResponse:
    theses, topics = queries.theses_of(person), queries.topics_of(person)
    context = {
        "person": person,
        "form": form,
        "theses": [(one, label_of(one.thesis.state)) for one in theses[:SHOWN]],
        "thesis_count": theses.count(),
        "ended_count": queries.theses_of(person, ended=True).count() - theses.count(),
        "topics": topics[:SHOWN],
        "topic_count": topics.count(),
    }
    return render(request, "theses/handover/page.html", context, status=422 if form.errors else 200)
