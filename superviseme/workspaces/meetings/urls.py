from django.urls import path

from . import record_views, views

urlpatterns = [
    path("meetings", views.index, name="meetings"),
    path("meetings/new", views.new, name="meeting_new"),
    path("meetings/<int:n>", views.show, name="meeting"),
    path("meetings/<int:n>.ics", views.calendar, name="meeting_calendar"),
    path("meetings/<int:n>/edit", views.edit, name="meeting_edit"),
    path("meetings/<int:n>/record", record_views.record, name="meeting_record"),
    path("meetings/<int:n>/confirmation", record_views.confirmation, name="meeting_confirmation"),
    path("meetings/<int:n>/cancellation", views.cancellation, name="meeting_cancellation"),
    path("meetings/<int:n>/reinstatement", views.reinstatement, name="meeting_reinstatement"),
    path("meetings/<int:n>/deletion", views.deletion, name="meeting_deletion"),
    path("meetings/<int:n>/restoration", views.restoration, name="meeting_restoration"),
]
