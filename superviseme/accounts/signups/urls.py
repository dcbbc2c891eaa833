from django.urls import path

from . import views

urlpatterns = [
    path("admin/signups", views.index, name="signups"),
    path("admin/signups/<int:pk>/approval", views.approval, name="signup_approval"),
    path("admin/signups/<int:pk>/refusal", views.refusal, name="signup_refusal"),
]
