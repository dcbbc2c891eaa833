from django.urls import path

from . import views

urlpatterns = [
    path("people", views.index, name="people"),
    path("people/<int:member_id>/label", views.label, name="person_label"),
    path("people/<int:member_id>/removal", views.removal, name="person_removal"),
]
