from django.urls import path

from . import views

urlpatterns = [
    path("admin/letters", views.letters, name="letters"),
    path("admin/letters/<slug:letter>", views.one, name="letter_sample"),
    path("admin/letters/<slug:letter>/html", views.html, name="letter_sample_html"),
]
