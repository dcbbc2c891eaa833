from django.urls import path

from . import views

urlpatterns = [
    path("supervisor/topics", views.index, name="topics"),
    path("supervisor/topics/new", views.new, name="topic_new"),
    path("theses/<int:pk>/edit", views.edit, name="topic_edit"),
    path("theses/<int:pk>/publication", views.publication, name="topic_publication"),
    path("theses/<int:pk>/closure", views.closure, name="topic_closure"),
    path("theses/<int:pk>/reopening", views.publication, name="topic_reopening"),
    path("theses/<int:pk>/deletion", views.deletion, name="topic_deletion"),
    path("theses/<int:pk>/restoration", views.restoration, name="topic_restoration"),
]
