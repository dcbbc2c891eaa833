from django.urls import path

from .silence import views as silence
from .students import students

urlpatterns = [
    path("supervisor/students", students, name="students"),
    path("w/<int:pk>/rhythm", silence.rhythm, name="rhythm"),
    path("w/<int:pk>/absences", silence.absences, name="absences"),
    path("w/<int:pk>/absences/<int:absence_id>/deletion", silence.absence_deletion, name="absence_deletion"),
]
