from django.urls import path

from . import views

urlpatterns = [
    path("admin/users", views.index, name="users"),
    path("admin/users/<int:pk>", views.detail, name="user"),
    path("admin/users/<int:pk>/disablement", views.disablement, name="user_disablement"),
    path("admin/users/<int:pk>/enablement", views.enablement, name="user_enablement"),
    path("admin/users/<int:pk>/approval", views.approval, name="user_approval"),
    path("admin/users/<int:pk>/password-link", views.password_link, name="user_password_link"),
    path("admin/users/<int:pk>/erasure", views.erasure, name="user_erasure"),
]
