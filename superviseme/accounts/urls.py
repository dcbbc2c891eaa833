"""Addresses of people: signing in, invitations, profile, administration."""

from django.urls import URLPattern, URLResolver, include, path

from .grants import urls as grants
from .invitations import urls as invitations
from .people import urls as people
from .profile import urls as profile
from .providers import urls as providers
from .signin import urls as signin
from .signups import urls as signups

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(signin)),
    path("", include(providers)),
    path("", include(signups)),
    path("", include(profile)),
    path("", include(invitations)),
    path("", include(people)),
    path("", include(grants)),
]
