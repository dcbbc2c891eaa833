from django.urls import path

from . import views

urlpatterns = [
    path("todos", views.index, name="todos"),
    path("todos/completions", views.completions, name="todo_completion_list"),
    path("todos/<int:n>", views.show, name="todo"),
]
