from django.urls import path

from . import views

urlpatterns = [
    path("admin/deleted", views.deleted, name="all_deleted"),
    path("admin/deleted/<slug:kind>/<int:pk>/purge", views.purge, name="purge"),
]
