"""Who was given a first password by the environment chooses an own one before anything else."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from superviseme.web.addresses import reverse
from superviseme.web.programs import is_for_programs, problem

OPEN = ("/static/", "/health")


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def handle(request: HttpRequest) -> HttpResponse:
        if settings.SITE_MODE == "demo" or request.path.startswith(OPEN):
            return get_response(request)
        if not request.user.is_authenticated or not request.user.must_change_password:
            return get_response(request)
        if is_for_programs(request):
            return problem(403, _("Sign in with a browser and choose your own password first."))
        wanted = reverse("account_change_password")
        if request.path in (wanted, reverse("account_logout"), "/theme", "/language"):
            return get_response(request)
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=204)
            response["HX-Redirect"] = wanted
            return response
        return HttpResponseRedirect(wanted)

    return handle
