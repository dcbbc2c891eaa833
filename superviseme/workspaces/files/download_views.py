"""The bytes of a file, as a download or shown in place."""

from django.http import Http404, HttpRequest, HttpResponse

from superviseme.web.access import signed_in


@signed_in("GET")
def download(request: HttpRequest, pk: int, n: int, v: int) -> HttpResponse:
    raise Http404


preview = download
