from django.urls import path

from . import views

urlpatterns = [
    path("w/<int:pk>/state", views.state, name="thesis_state"),
    path("w/<int:pk>/thesis", views.facts, name="thesis_facts"),
]
