"""Guesses are limited before they are hashed, and nobody can lock the owner out."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from django.test import Client

from superviseme.accounts.models import Person, SignInFailure
from superviseme.accounts.signin import hashers, throttle
from superviseme.accounts.signin.throttle import PER_ACCOUNT, TooMany, Visitor, counted
from superviseme.web.time import now
from tests.people import PASSWORD


@pytest.fixture
def guessed_out(alice: Person, with_password: Any) -> Person:
    """Somebody at 10.0.0.9 used up the tries for Alice's account."""
    with_password(alice)
    fail(alice.email, "10.0.0.9", PER_ACCOUNT)
    return alice


def fail(email: str, address: str, times: int) -> None:
    key = throttle.account_key("sign-in", email)
    SignInFailure.objects.bulk_create(SignInFailure(account=key, address=address, at=now()) for _ in range(times))


def test_the_eleventh_guess_is_refused_unhashed_and_says_when_to_come_back(
    guessed_out: Person, sign_in: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(hashers, "_places", None)  # hashing now would break

    answer = sign_in(guessed_out.email, REMOTE_ADDR="10.0.0.9")

    assert answer.status_code == 429
    assert "in 15 minutes" in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= 900


def test_refused_tries_do_not_prolong_the_wait(guessed_out: Person, sign_in: Any) -> None:
    sign_in(guessed_out.email, REMOTE_ADDR="10.0.0.9")

    assert SignInFailure.objects.count() == PER_ACCOUNT


def test_after_a_quarter_of_an_hour_it_is_open_again(guessed_out: Person, sign_in: Any) -> None:
    with time_machine.travel(now() + timedelta(minutes=15, seconds=1)):
        assert sign_in(guessed_out.email, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_the_owner_signs_in_from_elsewhere(guessed_out: Person, sign_in: Any) -> None:
    assert sign_in(guessed_out.email, REMOTE_ADDR="10.0.0.8").status_code == 302


def test_another_account_is_not_held_back(guessed_out: Person, bob: Person, with_password: Any, sign_in: Any) -> None:
    assert sign_in(with_password(bob).email, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_a_browser_that_signed_in_before_is_never_locked_out_by_others(
    alice: Person, with_password: Any, sign_in: Any
) -> None:
    browser = Client()
    sign_in(with_password(alice).email, client=browser, REMOTE_ADDR="10.0.0.9")
    browser.post("/logout")
    fail(alice.email, "10.0.0.9", 300)

    assert sign_in(alice.email, REMOTE_ADDR="10.0.0.9").status_code == 429
    assert sign_in(alice.email, client=browser, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_that_browser_has_a_limit_of_its_own(alice: Person, with_password: Any, sign_in: Any) -> None:
    browser = Client()
    sign_in(with_password(alice).email, client=browser)
    browser.post("/logout")

    answers = [sign_in(alice.email, "wrong words here", client=browser).status_code for _ in range(PER_ACCOUNT + 1)]

    assert answers == [200] * PER_ACCOUNT + [429]


def test_the_mark_of_a_browser_is_worth_nothing_for_another_account(
    alice: Person, bob: Person, with_password: Any, sign_in: Any
) -> None:
    browser = Client()
    sign_in(with_password(bob).email, client=browser)
    browser.post("/logout")
    fail(with_password(alice).email, "127.0.0.1", PER_ACCOUNT)

    assert sign_in(alice.email, client=browser).status_code == 429


@pytest.mark.parametrize("forged", ["nonsense", "e30:1abc:xyz", "\x00", "a" * 4000])
def test_a_forged_mark_is_ignored(guessed_out: Person, sign_in: Any, forged: str) -> None:
    browser = Client()
    browser.cookies["browser"] = forged

    assert sign_in(guessed_out.email, client=browser, REMOTE_ADDR="10.0.0.9").status_code == 429


def test_one_address_may_fail_two_hundred_times_over_all_accounts(
    alice: Person, with_password: Any, sign_in: Any
) -> None:
    for number in range(20):
        fail(f"victim{number}@example.org", "10.0.0.9", 10)

    assert sign_in(with_password(alice).email, REMOTE_ADDR="10.0.0.9").status_code == 429
    assert sign_in(alice.email, REMOTE_ADDR="10.0.0.10").status_code == 302


def test_forwarded_addresses_are_not_believed_without_a_trusted_proxy(guessed_out: Person, sign_in: Any) -> None:
    assert sign_in(guessed_out.email, REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="1.2.3.4").status_code == 429


def test_behind_a_trusted_proxy_the_nearest_stranger_counts(guessed_out: Person, sign_in: Any, settings: Any) -> None:
    from ipaddress import ip_network

    settings.TRUSTED_PROXIES = [ip_network("192.168.0.0/24")]

    def answer(forwarded: str) -> int:
        return sign_in(guessed_out.email, REMOTE_ADDR="192.168.0.1", HTTP_X_FORWARDED_FOR=forwarded).status_code

    assert answer("1.2.3.4, 10.0.0.9") == 429
    assert answer("10.0.0.9, 1.2.3.4") == 302


def test_neighbours_in_one_ipv6_network_count_as_one(alice: Person, with_password: Any, sign_in: Any) -> None:
    with_password(alice)
    for host in range(PER_ACCOUNT):
        sign_in(alice.email, "wrong words here", REMOTE_ADDR=f"2001:db8::{host + 1:x}")

    assert sign_in(alice.email, REMOTE_ADDR="2001:db8::ffff").status_code == 429


def test_a_busy_house_answers_503_and_counts_nothing(
    alice: Person, with_password: Any, sign_in: Any, monkeypatch: Any
) -> None:
    with_password(alice)
    monkeypatch.setattr(hashers, "PATIENCE", 0.01)
    hashers._places.acquire()
    hashers._places.acquire()
    try:
        answer = sign_in(alice.email)
    finally:
        hashers._places.release()
        hashers._places.release()

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert SignInFailure.objects.count() == 0


def test_many_guesses_at_once_do_not_slip_through(db: None) -> None:
    looked_at = 0
    with ExitStack() as all_at_once:
        for _ in range(40):
            with suppress(TooMany):
                all_at_once.enter_context(counted("sign-in", "alice@example.org", Visitor("10.0.0.9")))
                looked_at += 1

    assert looked_at == PER_ACCOUNT


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="the test database in memory cannot be shared by threads")
def test_guesses_of_many_threads_do_not_slip_through() -> None:
    def guess(_: int) -> bool:
        try:
            with counted("sign-in", "alice@example.org", Visitor("10.0.0.9")):
                return True
        except TooMany:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as crowd:
        looked_at = sum(crowd.map(guess, range(40)))

    assert 1 <= looked_at <= PER_ACCOUNT


def test_the_right_password_signs_in_even_after_nine_wrong_ones(
    alice: Person, with_password: Any, sign_in: Any
) -> None:
    fail(with_password(alice).email, "127.0.0.1", PER_ACCOUNT - 1)

    assert sign_in(alice.email, PASSWORD).status_code == 302
