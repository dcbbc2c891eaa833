from django.urls import path, re_path

from . import doors

urlpatterns = [
    path("login", doors.login, name="account_login"),
    path("logout", doors.logout, name="account_logout"),
    path("password/forgotten", doors.forgotten, name="account_reset_password"),
    path("password/forgotten/sent", doors.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]{1,12})-(?P<key>[0-9A-Za-z-]{1,150})$",
        doors.reset,
        name="account_reset_password_from_key",
    ),
    path("profile/password", doors.change, name="account_change_password"),
]
