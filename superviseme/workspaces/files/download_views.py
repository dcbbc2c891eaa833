"""The bytes of a file: as a download, or shown in place when its kind is safe.

What people upload never runs as a page of ours: everything is an attachment, and what is shown in place has a policy of its own.
"""

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in

from ..room.access import workspace_for
from .kinds import INLINE, PICTURES
from .models import FileVersion
from .storage import open_bytes
from .views import find

NOTHING = "default-src 'none'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'"


@signed_in("GET")
def download(request: HttpRequest, pk: int, n: int, v: int) -> HttpResponse:
    version = _version(request, pk, n, v)
    response = FileResponse(
        open_bytes(version.sha256), as_attachment=True, filename=version.filename, content_type=version.content_type
    )
    return _guarded(response, f"{NOTHING}; sandbox")


@signed_in("GET")
def preview(request: HttpRequest, pk: int, n: int, v: int) -> HttpResponse:
    """Only pictures and PDF. A browser shows no PDF in a sandbox, so that one is only forbidden to load anything."""
    version = _version(request, pk, n, v)
    if version.content_type not in INLINE:
        raise Http404
    response = FileResponse(open_bytes(version.sha256), filename=version.filename, content_type=version.content_type)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return _guarded(
        response, f"{NOTHING}; sandbox" if version.content_type in PICTURES else f"{NOTHING}; object-src 'self'"
    )


def _version(request: HttpRequest, pk: int, n: int, v: int) -> FileVersion:
    document = find(workspace_for(request, pk), n)
    require(request.user, Action.FILE_DOWNLOAD, document)
    version = next((one for one in document.versions.all() if one.number == v), None)
    if version is None:
        raise Http404
    return version


def _guarded(response: FileResponse, policy: str) -> HttpResponse:
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return cast(HttpResponse, response)  # a streamed one, which Django's types tell apart
