from django.urls import path

from . import views

urlpatterns = [
    path("admin/users/<int:pk>/grants", views.grants, name="user_grants"),
    path("admin/users/<int:pk>/grants/<slug:role>/revocation", views.revocation, name="user_grant_revocation"),
]
