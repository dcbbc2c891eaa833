from django.urls import path

from . import views

urlpatterns = [
    path("admin/exports", views.index, name="exports"),
    path("admin/exports/everything", views.everything, name="export_everything"),
    path("admin/exports/<str:name>", views.table, name="export_table"),
    path("profile/export", views.own, name="profile_export"),
]
