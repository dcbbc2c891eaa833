from django.urls import path

from . import views

urlpatterns = [
    path("admin/settings", views.index, name="settings"),
    path("admin/settings/logo", views.logo, name="settings_logo"),
    path("admin/settings/logo/removal", views.logo_removal, name="settings_logo_removal"),
    path("admin/settings/<slug:group>", views.group, name="settings_group"),
    path("logo/<slug:digest>", views.picture, name="logo"),
]
