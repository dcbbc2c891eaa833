from django.urls import path

from . import judge_views, views

urlpatterns = [
    path("w/<int:pk>/hand-in", views.hand_in, name="hand_in"),
    path("w/<int:pk>/hand-in/defence", judge_views.defence, name="thesis_defence"),
    path("w/<int:pk>/hand-in/outcome", judge_views.outcome, name="thesis_outcome"),
    path("w/<int:pk>/hand-in/evaluation", judge_views.evaluation, name="thesis_evaluation"),
    path("w/<int:pk>/hand-in/grade", judge_views.grade, name="thesis_grade"),
]
