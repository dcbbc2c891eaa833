from django.urls import path

from . import views

urlpatterns = [
    path("admin/scheduler", views.scheduler, name="scheduler"),
    path("admin/scheduler/jobs/<str:job>/run", views.run, name="scheduler_run"),
    path("admin/scheduler/resumption", views.resumption, name="scheduler_resumption"),
]
