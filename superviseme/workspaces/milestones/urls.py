from django.urls import path

from . import views

urlpatterns = [
    path("milestones", views.index, name="milestones"),
    path("milestones/<int:n>", views.show, name="milestone"),
    path("milestones/<int:n>/edit", views.edit, name="milestone_edit"),
    path("milestones/<int:n>/completion", views.completion, name="milestone_completion"),
    path("milestones/<int:n>/reopening", views.reopening, name="milestone_reopening"),
    path("milestones/<int:n>/deletion", views.deletion, name="milestone_deletion"),
    path("milestones/<int:n>/restoration", views.restoration, name="milestone_restoration"),
]
