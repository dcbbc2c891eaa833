from django.urls import path

from . import views

urlpatterns = [
    path("notifications", views.notices, name="notices"),
    path("notifications/latest", views.latest, name="notices_latest"),
    path("notifications/count", views.count, name="notices_count"),
    path("notifications/reading", views.all_reading, name="notices_reading"),
    path("notifications/deletion", views.read_deletion, name="notices_deletion"),
    path("notifications/<int:number>/reading", views.reading, name="notice_reading"),
    path("notifications/<int:number>/deletion", views.deletion, name="notice_deletion"),
]
