"""The doors. Who knows this file knows every address; each room keeps its own below."""

from django.urls import URLPattern, URLResolver, include, path

from superviseme.projects import urls as projects
from superviseme.web.views import markdown_preview
from superviseme.workspaces import urls as workspaces

urlpatterns: list[URLPattern | URLResolver] = [
    path("w/", include(workspaces)),
    path("", include(projects)),
    path("markdown/preview", markdown_preview, name="markdown_preview"),
]

handler400 = "superviseme.web.errors.bad_request"
handler403 = "superviseme.web.errors.forbidden"
handler404 = "superviseme.web.errors.not_found"
