from django.urls import path

from . import newcomers, views

urlpatterns = [
    path("login/providers/<slug:key>", views.start, name="provider_start"),
    path("login/providers/<slug:key>/callback", views.callback, name="provider_callback"),
    path("login/address", newcomers.address, name="sign_up_address"),
    path("login/address/<str:token>", newcomers.confirmation, name="sign_up_confirmation"),
    path("profile/providers/<slug:key>", views.connecting, name="provider_connecting"),
    path("profile/identities/<int:pk>/deletion", views.disconnection, name="identity_deletion"),
]
