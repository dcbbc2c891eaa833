from django.urls import path

from . import views

urlpatterns = [
    path("goals", views.index, name="goals"),
    path("goals/<int:n>", views.show, name="goal"),
    path("goals/<int:n>/edit", views.edit, name="goal_edit"),
    path("goals/<int:n>/freeze", views.freeze, name="goal_freeze"),
    path("goals/<int:n>/unfreeze", views.unfreeze, name="goal_unfreeze"),
    path("goals/<int:n>/deletion", views.deletion, name="goal_deletion"),
    path("goals/<int:n>/restoration", views.restoration, name="goal_restoration"),
]
