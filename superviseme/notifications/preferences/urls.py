from django.urls import path

from . import views

urlpatterns = [
    path("profile/notices", views.choices, name="notice_choices"),
    path("unsubscription/<str:token>", views.unsubscription, name="unsubscription"),
]
