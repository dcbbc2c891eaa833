from django.urls import path

from . import about, mine, search
from .desks import views

urlpatterns = [
    path("", views.front, name="front"),
    path("admin/dashboard", views.admin, name="admin_desk"),
    path("supervisor/dashboard", views.supervisor, name="supervisor_desk"),
    path("researcher/dashboard", views.researcher, name="researcher_desk"),
    path("researcher/projects", views.researcher_projects, name="researcher_projects"),
    path("student/dashboard", views.student, name="student_desk"),
    path("privacy", about.privacy, name="privacy"),
    path("imprint", about.imprint, name="imprint"),
    path("accessibility", about.accessibility, name="accessibility"),
    path("search", search.page, name="search"),
    path("todos", mine.todos, name="my_todos"),
    path("meetings", mine.meetings, name="my_meetings"),
    path("seats", mine.seats, name="my_seats"),
]
