from django.urls import path

from .silence import views as silence
from .students import students
from .weekly import views as weekly

urlpatterns = [
    path("supervisor/weekly", weekly.own, name="weekly"),
    path("supervisor/weekly/letter", weekly.letter, name="weekly_letter"),
    path("supervisor/weekly/sending", weekly.sending, name="weekly_sending"),
    path("admin/weekly", weekly.everybody, name="weekly_all"),
    path("admin/weekly/sending", weekly.sending_to_all, name="weekly_all_sending"),
    path("admin/weekly/<int:pk>", weekly.one, name="weekly_one"),
    path("admin/weekly/<int:pk>/letter", weekly.letter_of_one, name="weekly_one_letter"),
    path("admin/weekly/<int:pk>/sending", weekly.sending_to_one, name="weekly_one_sending"),
    path("supervisor/students", students, name="students"),
    path("w/<int:pk>/rhythm", silence.rhythm, name="rhythm"),
    path("w/<int:pk>/absences", silence.absences, name="absences"),
    path("w/<int:pk>/absences/<int:absence_id>/deletion", silence.absence_deletion, name="absence_deletion"),
]
