from django.urls import path

from . import views

urlpatterns = [
    path("admin/invitations", views.index, name="invitations"),
    path("admin/invitations/new", views.new, name="invite"),
    path("supervisor/students/invite", views.students, name="invite_students"),
    path("invitations/<int:pk>/resending", views.resending, name="invitation_resending"),
    path("invitations/<int:pk>/withdrawal", views.withdrawal, name="invitation_withdrawal"),
    path("invitations/<str:key>", views.acceptance, name="invitation"),
]
