from django.urls import path

from . import comment_views, views

urlpatterns = [
    path("updates", views.index, name="updates"),
    path("updates/<int:update_id>", views.show, name="update"),
    path("updates/<int:update_id>/edit", views.edit, name="update_edit"),
    path("updates/<int:update_id>/deletion", views.deletion, name="update_deletion"),
    path("updates/<int:update_id>/restoration", views.restoration, name="update_restoration"),
    path("updates/<int:update_id>/tags", views.tags, name="update_tags"),
    path("updates/<int:update_id>/tags/<int:tag_id>/deletion", views.tag_deletion, name="update_tag_deletion"),
    path("updates/<int:update_id>/comments", comment_views.comments, name="update_comments"),
    path("updates/<int:update_id>/feedback", comment_views.feedback, name="update_feedback"),
    path("updates/<int:update_id>/comments/<int:comment_id>/edit", comment_views.edit, name="comment_edit"),
    path("updates/<int:update_id>/comments/<int:comment_id>/deletion", comment_views.deletion, name="comment_deletion"),
    path(
        "updates/<int:update_id>/comments/<int:comment_id>/restoration",
        comment_views.restoration,
        name="comment_restoration",
    ),
]
