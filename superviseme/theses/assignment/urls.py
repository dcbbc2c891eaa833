from django.urls import path

from . import views

urlpatterns = [
    path("theses/<int:pk>/assignment", views.assignment, name="topic_assignment"),
    path("supervisor/theses/new", views.new, name="thesis_new"),
    path("w/<int:pk>/unassignment", views.unassignment, name="thesis_unassignment"),
]
