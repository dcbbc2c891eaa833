from django.urls import path

from . import views

urlpatterns = [path("milestones", views.index, name="milestones")]
