from django.urls import path

from . import many_views, views

urlpatterns = [
    path("admin/invitations", views.index, name="invitations"),
    path("admin/invitations/new", views.new, name="invite"),
    path("admin/invitations/list", many_views.many, name="invite_many"),
    path("supervisor/students/invite", views.students, name="invite_students"),
    path("invitations/<int:pk>/resending", views.resending, name="invitation_resending"),
    path("invitations/<int:pk>/withdrawal", views.withdrawal, name="invitation_withdrawal"),
    path("invitations/<str:key>", views.acceptance, name="invitation"),
]
