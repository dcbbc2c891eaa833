from django.urls import path

from . import views

urlpatterns = [
    path("projects", views.index, name="projects"),
    path("admin/projects", views.everything, name="all_projects"),
    path("projects/new", views.new, name="project_new"),
    path("w/<int:pk>/project", views.edit, name="project_edit"),
    path("w/<int:pk>/project/state", views.state, name="project_state"),
]
