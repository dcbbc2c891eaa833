"""Personal access tokens: made on a page, shown once, dead as soon as anything says so."""

import datetime as dt
import hashlib
import logging
import re

import pytest
from django.test import Client

from superviseme.api.tokens.actions import make_token, revoke_token
from superviseme.api.tokens.models import Area, Token
from superviseme.events.models import Event
from superviseme.outbox.models import Message
from superviseme.policy.roles import Role
from superviseme.web.time import now, simulated
from tests import people

from .conftest import secret_of

CHOSEN = {"label": "My script", "may": "read", "areas": ["files", "topics"], "days": "90"}


def me(secret: str) -> int:
    return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_token_is_shown_once_and_kept_as_a_hash(as_, alice):
    browser = as_(alice)
    page = browser.post("/profile/tokens", CHOSEN).content.decode()
    (secret,) = set(re.findall(r"svm_[\w-]{43}", page))
    token = Token.objects.get()
    assert token.token_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert (token.writes, token.areas, token.ending) == (False, ["files", "topics"], secret[-4:])
    assert secret not in browser.get("/profile/tokens").content.decode()


def test_the_letter_about_a_token_is_in_one_language(as_, alice):
    """The day too, though the page was in another one."""
    with simulated(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)):
        as_(alice).post("/profile/tokens", {**CHOSEN, "days": "7"}, headers={"accept-language": "it"})
    letter = Message.objects.get(letter="token_made")
    assert "until 8 March 2026" in letter.text
    assert "until 8 March 2026" in letter.html


def test_a_token_ends_after_the_days_chosen(alice):
    moment = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    with simulated(moment):
        secret = secret_of(alice, days=7)
    with simulated(moment + dt.timedelta(days=7, seconds=-1)):
        assert me(secret) == 200
    with simulated(moment + dt.timedelta(days=7)):
        assert me(secret) == 401


@pytest.mark.parametrize("days", ["0", "366", "x", ""])
def test_a_token_lasts_a_year_at_most(as_, alice, days):
    answer = as_(alice).post("/profile/tokens", {**CHOSEN, "days": days})
    assert (answer.status_code, Token.objects.count()) == (422, 0)


def test_an_ended_token_opens_nothing(as_, alice):
    secret = secret_of(alice)
    assert me(secret) == 200
    as_(alice).post(f"/profile/tokens/{Token.objects.get().pk}/deletion")
    assert me(secret) == 401


def test_another_s_token_is_not_there(as_, alice, bob):
    secret = secret_of(alice)
    answer = as_(bob).post(f"/profile/tokens/{Token.objects.get().pk}/deletion")
    assert (answer.status_code, me(secret)) == (404, 200)


@pytest.mark.parametrize("change", [{"is_active": False}, {"approved_at": None}, {"erased_at": now()}])
def test_the_token_of_a_person_who_is_out_is_dead_at_once(alice, change):
    secret = secret_of(alice)
    type(alice).objects.filter(pk=alice.pk).update(**change)
    assert me(secret) == 401


def test_a_token_waits_for_the_own_password(alice, settings):
    secret = secret_of(alice)
    type(alice).objects.filter(pk=alice.pk).update(must_change_password=True)
    assert me(secret) == 403


def test_making_and_ending_one_is_in_the_audit_without_the_secret(alice):
    token, secret = make_token(by=alice, label="script", days=7, areas=["files"])
    revoke_token(token, by=alice)
    events = Event.objects.order_by("pk")
    assert [(e.verb, e.actor_id, e.title) for e in events] == [
        ("account.access_given", alice.pk, "script"),
        ("account.access_revoked", alice.pk, "script"),
    ]
    assert secret not in str([e.data for e in events])


def test_its_owner_is_told_by_mail(alice):
    secret = secret_of(alice)
    letter = Message.objects.get()
    assert (letter.letter, letter.to, secret in letter.text + letter.html) == ("token_made", alice.email, False)


def test_use_is_noted_every_five_minutes(alice):
    secret, moment = secret_of(alice), dt.datetime(2027, 1, 1, tzinfo=dt.UTC) - dt.timedelta(days=360)
    seen = []
    Token.objects.update(created_at=moment, expires_at=moment + dt.timedelta(days=1))
    for minutes in (0, 4, 5):
        with simulated(moment + dt.timedelta(minutes=minutes)):
            me(secret)
        seen.append(Token.objects.get().used_at - moment)
    assert seen == [dt.timedelta(0), dt.timedelta(0), dt.timedelta(minutes=5)]


def test_fifty_tokens_are_enough(as_, alice):
    day = now() + dt.timedelta(days=1)
    Token.objects.bulk_create(
        Token(person=alice, label="x", token_hash=str(n), ending="x", expires_at=day) for n in range(50)
    )
    answer = as_(alice).post("/profile/tokens", CHOSEN)
    assert (answer.status_code, Token.objects.count()) == (403, 50)


def test_a_session_opens_nothing_here(as_, alice):
    assert as_(alice).get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("shown", ["Bearer", "Bearer svm_x", "Basic svm_x", "Bearer " + "svm_" + "a" * 5000, "svm_x"])
def test_what_is_no_token_opens_nothing(db, shown):
    answer = Client().get("/api/v1/me", headers={"Authorization": shown})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_a_token_is_for_what_it_was_made_for(program, alice, workspace):
    files = program(alice, areas=[Area.FILES])
    assert files.get(f"/api/v1/workspaces/{workspace.pk}/files").status_code == 200
    answer = files.get(f"/api/v1/workspaces/{workspace.pk}/todos")
    assert (answer.status_code, answer.json()["reason"]) == (403, "This token was not made for that.")


def test_the_secret_is_never_logged(alice, caplog):
    secret = secret_of(alice)
    with caplog.at_level(logging.DEBUG):
        me(secret)
        Client().get(f"/api/v1/none/{secret}", headers={"Authorization": f"Bearer {secret}"})
    assert secret not in caplog.text.replace(f"/none/{secret}", "")


def test_a_smoke_person_s_token_dies_with_the_smoke_test(db):
    visitor = people.person("Sam Smoke", Role.STUDENT, is_smoke=True, joined_at=now() - dt.timedelta(minutes=11))
    assert me(secret_of(visitor)) == 401
