"""People come in by invitation."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from superviseme.accounts.invitations import actions
from superviseme.accounts.invitations.actions import (
    Gone,
    accept,
    invite,
    invite_administrator,
    prepare,
    resend,
    withdraw,
)
from superviseme.accounts.models import Invitation, Person
from superviseme.notifications.models import Notice
from superviseme.outbox.models import Message
from superviseme.policy.check import NotAllowed
from superviseme.policy.roles import Role
from superviseme.web.time import now

GIVEN = {
    "name": "Nina",
    "surname": "Neu",
    "password1": "violet anchors sing quietly",
    "password2": "violet anchors sing quietly",
}
MAIL = "nina@example.org"


@pytest.fixture
def link(ada: Person) -> str:
    return path_of(invite(email=MAIL, role=Role.SUPERVISOR, by=ada).link)


def path_of(link: str) -> str:
    return link.removeprefix("http://localhost:8080")


def join(link: str, **changes: str) -> Any:
    return Client().post(link, {**GIVEN, **changes})


def test_an_administrator_invites_and_the_invited_joins(ada: Person, as_: Any, link_in_mail: Any) -> None:
    sent = as_(ada).post("/admin/invitations/new", {"email": "Nina@Example.org", "role": "supervisor"})
    browser = Client()
    answer = browser.post(link_in_mail("invitation", MAIL), GIVEN)

    assert (sent.status_code, answer.status_code) == (302, 302)
    nina = Person.objects.get(email=MAIL)
    assert (nina.full_name, nina.roles) == ("Nina Neu", {Role.SUPERVISOR})
    assert browser.get("/profile?welcome=1").status_code == 200
    assert Notice.objects.filter(recipient=ada, verb="account.joined").count() == 1


def test_only_the_hash_of_the_key_is_kept(link: str) -> None:
    assert link.rsplit("/", 1)[1] not in Invitation.objects.get().token_hash


def test_a_link_opens_once(link: str) -> None:
    assert join(link).status_code == 302
    assert Client().get(link).status_code == 404
    assert join(link, name="Other").status_code == 404


def test_of_two_who_accept_at_the_same_moment_one_joins(link: str) -> None:
    first, second = Invitation.objects.get(), Invitation.objects.get()
    words = {"surname": "Neu", "password": GIVEN["password1"]}

    accept(invitation=first, name="First", **words)
    with pytest.raises(Gone):
        accept(invitation=second, name="Second", **words)

    assert Person.objects.get(email=MAIL).name == "First"


def test_a_link_lives_fourteen_days(link: str) -> None:
    with time_machine.travel(now() + timedelta(days=13, hours=23)):
        assert Client().get(link).status_code == 200
    with time_machine.travel(now() + timedelta(days=14, minutes=1)):
        assert Client().get(link).status_code == 404


def test_a_withdrawn_link_is_dead(ada: Person, link: str) -> None:
    withdraw(invitation=Invitation.objects.get(), by=ada)

    assert Client().get(link).status_code == 404
    with pytest.raises(NotAllowed):
        withdraw(invitation=Invitation.objects.get(), by=ada)


def test_sending_again_makes_a_new_link_and_kills_the_old(ada: Person, link: str) -> None:
    again = path_of(resend(invitation=Invitation.objects.get(), by=ada).link)

    assert (Client().get(link).status_code, Client().get(again).status_code) == (404, 200)
    assert Message.objects.filter(letter="invitation", to=MAIL).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"password2": "something else"}, {"password1": "short", "password2": "short"}, {"surname": "x" * 200}, {"name": "\x00"},
     {"password1": "nina.neu2026nina", "password2": "nina.neu2026nina"}],
)  # fmt: skip
def test_a_form_that_cannot_be_comes_back_filled(link: str, wrong: dict) -> None:
    answer = join(link, **wrong)

    assert answer.status_code == 422
    assert not Person.objects.filter(email=MAIL).exists()


def test_invited_administrators_need_the_longer_password(ada: Person) -> None:
    link = path_of(invite(email=MAIL, role=Role.ADMIN, by=ada).link)

    assert join(link, password1="gentle kites 7", password2="gentle kites 7").status_code == 422


def test_who_has_an_account_is_not_invited_but_pointed_to(
    ada: Person, alice: Person, with_password: Any, as_: Any
) -> None:
    answer = as_(ada).post(
        "/admin/invitations/new", {"email": with_password(alice).email.upper(), "role": "supervisor"}
    )

    assert answer.status_code == 422
    assert "has an account already" in answer.content.decode() and f"/admin/users/{alice.pk}" in answer.content.decode()


def test_who_is_invited_already_is_not_invited_twice(ada: Person, link: str, as_: Any) -> None:
    answer = as_(ada).post("/admin/invitations/new", {"email": MAIL, "role": "student"})

    assert answer.status_code == 422
    assert Invitation.objects.count() == 1


def test_supervisors_invite_students_and_nobody_else(bob: Person, alice: Person, as_: Any) -> None:
    browser = as_(bob)
    assert browser.post("/supervisor/students/invite", {"email": MAIL, "role": "admin"}).status_code == 302
    assert Invitation.objects.get().role == Role.STUDENT

    with pytest.raises(NotAllowed):
        invite(email="other@example.org", role=Role.SUPERVISOR, by=bob)
    assert browser.get("/admin/invitations/new").status_code == 403
    assert as_(alice).get("/supervisor/students/invite").status_code == 403


def test_a_supervisor_handles_the_own_invitations_only(ada: Person, bob: Person, link: str, as_: Any) -> None:
    own = invite(email="own@example.org", role=Role.STUDENT, by=bob).invitation
    other = Invitation.objects.get(email=MAIL)
    browser = as_(bob)

    assert browser.post(f"/invitations/{own.pk}/resending").status_code == 302
    assert browser.post(f"/invitations/{own.pk}/withdrawal").status_code == 302
    assert browser.post(f"/invitations/{other.pk}/withdrawal").status_code == 404
    assert MAIL not in browser.get("/supervisor/students/invite").content.decode()


def test_an_imported_person_joins_the_account_that_is_there(ada: Person, alice: Person) -> None:
    Person.objects.filter(pk=alice.pk).update(password="!imported")
    prepared = prepare(email=alice.email, role=Role.STUDENT, by=None, person=alice)

    answer = join(path_of(resend(invitation=prepared, by=ada).link))

    assert answer.status_code == 302
    alice.refresh_from_db()
    assert (alice.name, alice.check_password(GIVEN["password1"]), alice.roles) == ("Nina", True, {Role.STUDENT})


def test_somebody_signed_in_is_asked_to_sign_out_first(link: str, alice: Person, as_: Any) -> None:
    assert as_(alice).get(link).status_code == 409


def test_the_console_invites_an_administrator(db: None) -> None:
    assert invite_administrator(email="Nina@Example.org").email == MAIL
    with pytest.raises(ValidationError, match="invited already"):
        invite_administrator(email=MAIL)
    with pytest.raises(ValidationError):
        invite_administrator(email="no address")


def test_who_invited_hears_of_it_and_can_follow_the_link(bob: Person, ada: Person, as_: Any) -> None:
    join(path_of(invite(email=MAIL, role=Role.STUDENT, by=bob).link))

    notice = Notice.objects.get(recipient=bob)
    assert as_(bob).get(notice.event.link).status_code == 200
    assert Notice.objects.filter(recipient=ada).count() == 1


def test_the_list_pages_in_constant_queries(ada: Person, as_: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        prepare(email=f"p{number}@example.org", role=Role.STUDENT, by=ada)
    browser = as_(ada)

    with django_assert_max_num_queries(12):
        page = browser.get("/admin/invitations")

    assert page.content.decode().count("<tr id=") == 25


@pytest.mark.parametrize("key", ["x", "%00", "a" * 3000, "😀", "..", "1"])
def test_made_up_keys_are_told_so(db: None, key: str) -> None:
    assert Client().get(f"/invitations/{key}").status_code == 404


def test_addresses_with_line_breaks_are_refused(ada: Person, as_: Any) -> None:
    answer = as_(ada).post(
        "/admin/invitations/new",
        {"email": "a@example.org\nBcc: b@example.org", "role": "student", "name": "A\r\nBcc: x"},
    )

    assert answer.status_code == 422
    assert actions.LASTS == timedelta(days=14)


REFUSED = "550 5.1.1 there is nobody of this name"


@pytest.fixture
def undelivered(ada: Person, link: str) -> Invitation:
    Message.objects.filter(letter="invitation").update(state="failed", last_error=REFUSED)
    return Invitation.objects.get()


def test_one_whose_letter_could_not_be_delivered_says_so_with_the_reason(
    ada: Person, undelivered: Invitation, as_: Any
) -> None:
    browser, letter = as_(ada), Message.objects.get(letter="invitation")
    page = browser.get("/admin/invitations?state=undelivered").content.decode()
    assert ("Not delivered" in page, REFUSED in page, f"/admin/outbox/{letter.pk}" in page) == (True, True, True)
    assert MAIL not in browser.get("/admin/invitations?state=open").content.decode()


def test_sent_again_it_is_open_again(ada: Person, undelivered: Invitation, as_: Any) -> None:
    browser = as_(ada)
    assert f"/invitations/{undelivered.pk}/resending" in browser.get("/admin/invitations").content.decode()
    browser.post(f"/invitations/{undelivered.pk}/resending")
    page = browser.get("/admin/invitations?state=open").content.decode()
    assert (MAIL in page, REFUSED in page) == (True, False)


def test_who_invited_reads_why_without_a_way_to_the_outbox(bob: Person, as_: Any) -> None:
    invite(email=MAIL, role=Role.STUDENT, by=bob)
    Message.objects.filter(letter="invitation").update(state="failed", last_error=REFUSED)
    page = as_(bob).get("/supervisor/students/invite").content.decode()
    assert (REFUSED in page, "/admin/outbox" in page) == (True, False)


def test_one_that_was_used_all_the_same_is_accepted(ada: Person, link: str, as_: Any) -> None:
    join(link)
    Message.objects.filter(letter="invitation").update(state="failed", last_error=REFUSED)
    assert REFUSED not in as_(ada).get("/admin/invitations?state=accepted").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(rows: int, ada: Person, as_: Any, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        invite(email=f"nina{number}@example.org", role=Role.STUDENT, by=ada)
    Message.objects.update(state="failed", last_error=REFUSED)
    browser = as_(ada)
    browser.get("/admin/invitations")
    with django_assert_num_queries(6):
        assert browser.get("/admin/invitations").content.decode().count(REFUSED) == rows
