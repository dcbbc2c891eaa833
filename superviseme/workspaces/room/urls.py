from django.urls import path

from . import views

urlpatterns = [
    path("edit", views.edit, name="workspace_edit"),
    path("freeze", views.freeze, name="workspace_freeze"),
    path("unfreeze", views.unfreeze, name="workspace_unfreeze"),
    path("deletion", views.deletion, name="workspace_deletion"),
    path("restoration", views.restoration, name="workspace_restoration"),
]
