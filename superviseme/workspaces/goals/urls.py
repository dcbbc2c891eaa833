from django.urls import path

from . import views

urlpatterns = [path("goals", views.index, name="goals")]
