"""Addresses of topics, requests, theses and their lists."""

from django.urls import URLPattern

from .assignment import urls as assignment
from .catalog import urls as catalog
from .evaluation import urls as evaluation
from .handover import urls as handover
from .interest import urls as interest
from .lists import urls as lists
from .progress import urls as progress
from .topics import urls as topics

urlpatterns: list[URLPattern] = [
    *catalog.urlpatterns,
    *topics.urlpatterns,
    *interest.urlpatterns,
    *assignment.urlpatterns,
    *lists.urlpatterns,
    *progress.urlpatterns,
    *evaluation.urlpatterns,
    *handover.urlpatterns,
]
