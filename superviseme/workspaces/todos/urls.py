from django.urls import path

from . import click_views, views

urlpatterns = [
    path("todos", views.index, name="todos"),
    path("todos/completions", views.completions, name="todo_completion_list"),
    path("todos/<int:n>", views.show, name="todo"),
    path("todos/<int:n>/edit", views.edit, name="todo_edit"),
    path("todos/<int:n>/completion", click_views.completion, name="todo_completion"),
    path("todos/<int:n>/reopening", click_views.reopening, name="todo_reopening"),
    path("todos/<int:n>/cancellation", click_views.cancellation, name="todo_cancellation"),
    path("todos/<int:n>/state", click_views.state, name="todo_state"),
    path("todos/<int:n>/deletion", click_views.deletion, name="todo_deletion"),
    path("todos/<int:n>/restoration", click_views.restoration, name="todo_restoration"),
]
