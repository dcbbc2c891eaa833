from django.urls import path

from . import download_views, views

urlpatterns = [
    path("files", views.index, name="files"),
    path("files/links", views.links, name="file_links"),
    path("files/<int:n>", views.show, name="file"),
    path("files/<int:n>/edit", views.edit, name="file_edit"),
    path("files/<int:n>/versions", views.versions, name="file_versions"),
    path("files/<int:n>/versions/<int:v>", download_views.download, name="file_version"),
    path("files/<int:n>/versions/<int:v>/preview", download_views.preview, name="file_preview"),
    path("files/<int:n>/deletion", views.deletion, name="file_deletion"),
    path("files/<int:n>/restoration", views.restoration, name="file_restoration"),
]
