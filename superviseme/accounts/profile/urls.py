from django.urls import path

from . import views

urlpatterns = [
    path("profile", views.profile, name="profile"),
    path("profile/theme", views.theme, name="profile_theme"),
    path("language", views.language, name="language"),
    path("profile/email", views.email, name="profile_email"),
    path("profile/email/<str:token>", views.email_confirmation, name="profile_email_confirmation"),
    path("profile/sessions", views.sessions, name="profile_sessions"),
]
