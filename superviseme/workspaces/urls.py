"""Addresses of a workspace, gathered from its nouns: /w/<id>/…"""

from django.urls import include, path

from .files import urls as files
from .goals import urls as goals
from .history import urls as history
from .meetings import urls as meetings
from .milestones import urls as milestones
from .people import urls as people
from .room import urls as room
from .room.views import overview
from .todos import urls as todos
from .updates import urls as updates

urlpatterns = [
    path("<int:pk>", overview, name="workspace"),
    path("<int:pk>/", include(room)),
    path("<int:pk>/", include(updates)),
    path("<int:pk>/", include(todos)),
    path("<int:pk>/", include(goals)),
    path("<int:pk>/", include(milestones)),
    path("<int:pk>/", include(meetings)),
    path("<int:pk>/", include(files)),
    path("<int:pk>/", include(people)),
    path("<int:pk>/", include(history)),
]
