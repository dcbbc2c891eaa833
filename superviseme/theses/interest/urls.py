from django.urls import path

from . import views

urlpatterns = [
    path("theses/<int:pk>/interest", views.express, name="topic_interest"),
    path("theses/<int:pk>/interests/<int:interest_id>/withdrawal", views.withdrawal, name="interest_withdrawal"),
    path("theses/<int:pk>/interests/<int:interest_id>/acceptance", views.acceptance, name="interest_acceptance"),
    path("theses/<int:pk>/interests/<int:interest_id>/refusal", views.refusal, name="interest_refusal"),
    path("student/interests", views.history, name="interests"),
    path("supervisor/interests", views.requests, name="requests"),
]
