"""The page for too many tries: when to try again, and what helps meanwhile."""

import math
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from superviseme.web.errors import too_often
from superviseme.web.time import now


def too_many(request: HttpRequest, until: datetime) -> HttpResponse:
    seconds = max(1, math.ceil((until - now()).total_seconds()))
    minutes = math.ceil(seconds / 60)
    reason = ngettext(
        "Too many tries from here for now. Try again in %(n)s minute; a browser you signed in with before is not held back.",
        "Too many tries from here for now. Try again in %(n)s minutes; a browser you signed in with before is not held back.",
        minutes,
    ) % {"n": minutes}
    return too_often(request, reason, seconds)
