from django.urls import include, path

from .calendar import views as calendar
from .hooks import views as hooks
from .page import page
from .tokens import views
from .v1 import api

urlpatterns = [
    path("profile/tokens", views.tokens, name="tokens"),
    path("profile/tokens/<int:pk>/deletion", views.deletion, name="token_deletion"),
    path("profile/calendar", calendar.page, name="calendar_page"),
    path("profile/calendar/deletion", calendar.deletion, name="calendar_deletion"),
    path("calendar/<str:token>.ics", calendar.calendar, name="calendar"),
    path("profile/webhook", hooks.webhook, name="webhook"),
    path("profile/webhook/secret", hooks.secret, name="webhook_secret"),
    path("profile/webhook/test", hooks.test, name="webhook_test"),
    path("profile/webhook/deletion", hooks.deletion, name="webhook_deletion"),
    path("api", page, name="api_page"),
    path("api/v1/", include(api)),
]
