from django.urls import path

from . import views

urlpatterns = [
    path("notifications", views.notices, name="notices"),
    path("notifications/reading", views.all_reading, name="notices_reading"),
    path("notifications/deletion", views.read_deletion, name="notices_deletion"),
    path("notifications/<int:number>/reading", views.reading, name="notice_reading"),
    path("notifications/<int:number>/deletion", views.deletion, name="notice_deletion"),
]
