from django.urls import path

from . import views

urlpatterns = [
    path("supervisor/theses", views.supervised, name="supervised_theses"),
    path("student/thesis", views.own, name="own_thesis"),
    path("researcher/supervisor/dashboard", views.researchers_desk, name="researchers_supervision"),
    path("admin/theses", views.all_theses, name="all_theses"),
]
