"""The students one supervises, with when each was last heard of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.policy.actions import Action
from superviseme.theses.lists.queries import students_page
from superviseme.web.access import signed_in
from superviseme.web.text import one_line

from .silence.queries import quiet_of, signs


@signed_in("GET", action=Action.OWN_SUPERVISION_VIEW)
def students(request: HttpRequest) -> HttpResponse:
    past, q = request.GET.get("which") == "past", one_line(request.GET.get("q", ""))[:200]
    page = students_page(request.user, q=q, past=past, after=request.GET.get("after", ""), signs=signs)
    for student in page.rows:
        for workspace in student.theses:
            workspace.quiet = quiet_of(workspace)
    return render(request, "theses/lists/students.html", {"page": page, "q": q, "past": past})
