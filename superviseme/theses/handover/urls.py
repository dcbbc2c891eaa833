from django.urls import path

from . import views

urlpatterns = [path("admin/users/<int:pk>/handover", views.hand_over, name="user_handover")]
