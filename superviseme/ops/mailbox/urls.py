from django.urls import path

from . import views

urlpatterns = [
    path("admin/outbox", views.outbox, name="outbox"),
    path("admin/outbox/test", views.test, name="mail_test"),
    path("admin/outbox/<int:number>", views.letter, name="letter"),
    path("admin/outbox/<int:number>/html", views.letter_html, name="letter_html"),
    path("admin/outbox/<int:number>/retry", views.retry, name="letter_retry"),
]
