from django.urls import path

from . import views

urlpatterns = [
    path("admin/audit", views.audit, name="audit"),
    path("admin/audit/export", views.export, name="audit_export"),
]
