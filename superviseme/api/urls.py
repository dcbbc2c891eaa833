from django.urls import include, path

from .page import page
from .tokens import views
from .v1 import api

urlpatterns = [
    path("profile/tokens", views.tokens, name="tokens"),
    path("profile/tokens/<int:pk>/deletion", views.deletion, name="token_deletion"),
    path("api", page, name="api_page"),
    path("api/v1/", include(api)),
]
