"""The doors. Who knows this file knows every address; each room keeps its own below."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

handler400 = "superviseme.web.errors.bad_request"
handler403 = "superviseme.web.errors.forbidden"
handler404 = "superviseme.web.errors.not_found"
