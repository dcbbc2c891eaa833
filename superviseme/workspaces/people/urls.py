from django.urls import path

from . import views

urlpatterns = [
    path("people", views.index, name="people"),
    path("mute", views.mute, name="workspace_mute"),
    path("unmute", views.unmute, name="workspace_unmute"),
    path("people/<int:member_id>/label", views.label, name="person_label"),
    path("people/<int:member_id>/removal", views.removal, name="person_removal"),
]
