"""The views of the sign-in library that we use, each with its access mark. No other view of it is mounted."""

from allauth.account import views as library
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy

from superviseme.web.access import anyone, signed_in

login = anyone("GET", "POST", reason="people sign in here")(library.login)
logout = anyone("POST", reason="signing out of nothing does no harm")(library.logout)
forgotten = anyone("GET", "POST", reason="who forgot the password cannot sign in")(
    library.PasswordResetView.as_view(success_url=reverse_lazy("account_reset_password_done"))
)
forgotten_sent = anyone("GET", reason="the same page for every address")(library.password_reset_done)
reset = anyone("GET", "POST", reason="the link in the mail is the key")(
    library.PasswordResetFromKeyView.as_view(success_url=reverse_lazy("account_login"))
)
_change = library.PasswordChangeView.as_view()


@signed_in("GET", "POST")
def change(request: HttpRequest) -> HttpResponse:
    if not request.user.has_usable_password():
        return render(request, "account/password_none.html")
    return _change(request)
