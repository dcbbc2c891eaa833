from django.urls import path

from . import views

urlpatterns = [
    path("admin/theses/batch", views.theses, name="theses_batch"),
    path("admin/projects/batch", views.projects, name="projects_batch"),
    path("admin/batches/<int:number>/undo", views.undo, name="batch_undo"),
]
