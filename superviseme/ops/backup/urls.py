from django.urls import path

from . import views

urlpatterns = [path("admin/backups", views.backups, name="backups")]
