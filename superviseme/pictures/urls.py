from django.urls import path

from . import views

urlpatterns = [
    path("profile/picture", views.own, name="profile_picture"),
    path("profile/picture/removal", views.own_removal, name="profile_picture_removal"),
    path("people/<int:pk>/picture/<slug:digest>", views.show, name="picture"),
    path("admin/users/<int:pk>/picture/removal", views.removal, name="user_picture_removal"),
]
