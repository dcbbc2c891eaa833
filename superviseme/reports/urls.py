from django.urls import path

from . import views

urlpatterns = [
    path("admin/reports", views.whole, name="reports"),
    path("admin/reports/<slug:key>", views.whole, name="report"),
    path("admin/reports/<slug:key>/export", views.whole_export, name="report_export"),
    path("supervisor/reports", views.own, name="own_reports"),
    path("supervisor/reports/<slug:key>", views.own, name="own_report"),
    path("supervisor/reports/<slug:key>/export", views.own_export, name="own_report_export"),
]
