from django.urls import path

from . import views

urlpatterns = [
    path("history", views.index, name="history"),
    path("deleted", views.deleted, name="deleted"),
]
