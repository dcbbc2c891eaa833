from django.urls import path

from . import views

urlpatterns = [
    path("theses", views.index, name="catalogue"),
    path("theses/<int:pk>", views.show, name="topic"),
]
