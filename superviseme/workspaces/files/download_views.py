"""The bytes of a file: as a download, or shown in place when its kind is safe.

What people upload never runs as a page of ours: everything is an attachment, and what is shown in place has a policy of its own.
"""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in
from superviseme.web.contents import NOTHING, SHUT_IN, guarded

from ..room.access import workspace_for
from .kinds import INLINE, PICTURES
from .models import FileVersion
from .storage import open_bytes
from .views import find


@signed_in("GET")
def download(request: HttpRequest, pk: int, n: int, v: int) -> HttpResponse:
    version = _version(request, pk, n, v)
    response = FileResponse(
        open_bytes(version.sha256), as_attachment=True, filename=version.filename, content_type=version.content_type
    )
    return guarded(response)


@signed_in("GET")
def preview(request: HttpRequest, pk: int, n: int, v: int) -> HttpResponse:
    """Only pictures and PDF. A browser shows no PDF in a sandbox, so that one is only forbidden to load anything."""
    version = _version(request, pk, n, v)
    if version.content_type not in INLINE:
        raise Http404
    response = FileResponse(open_bytes(version.sha256), filename=version.filename, content_type=version.content_type)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return guarded(response, SHUT_IN if version.content_type in PICTURES else f"{NOTHING}; object-src 'self'")


def _version(request: HttpRequest, pk: int, n: int, v: int) -> FileVersion:
    document = find(workspace_for(request, pk), n)
    require(request.user, Action.FILE_DOWNLOAD, document)
    version = next((one for one in document.versions.all() if one.number == v), None)
    if version is None:
        raise Http404
    return version
