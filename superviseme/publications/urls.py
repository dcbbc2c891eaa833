from django.urls import path

from . import views
from .links import views as links
from .orcid import views as orcid

urlpatterns = [
    path("publications", views.index, name="publications"),
    path("publications/new", views.new, name="publication_new"),
    path("publications/import", views.importing, name="publication_import"),
    path("publications/export", views.export, name="publication_export"),
    path("publications/orcid", orcid.record, name="publication_orcid"),
    path("publications/orcid/deletion", orcid.deletion, name="publication_orcid_deletion"),
    path("publications/orcid/reading", orcid.reading, name="publication_orcid_reading"),
    path("publications/<int:pk>/edit", views.edit, name="publication_edit"),
    path("publications/<int:pk>/deletion", views.deletion, name="publication_deletion"),
    path("publications/<int:pk>/restoration", views.restoration, name="publication_restoration"),
    path("w/<int:pk>/publications", links.index, name="workspace_publications"),
    path("w/<int:pk>/publications/<int:link_id>/deletion", links.deletion, name="workspace_publication_deletion"),
]
