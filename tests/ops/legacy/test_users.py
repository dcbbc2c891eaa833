"""People, their roles and their passwords."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from superviseme.accounts.models import Invitation, Person
from superviseme.ops.legacy.report import Report
from superviseme.policy.roles import Role
from tests.people import person

from .conftest import reasons
from .predecessor import THEN, Predecessor

Importing = Callable[[], Report]
PASSWORD = "what she always used"
HASH = "pbkdf2:sha256:1000$salt$" + hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), b"salt", 1000).hex()


def test_a_user_becomes_a_person_with_the_role_and_the_times(old: Predecessor, imported: Importing) -> None:
    old.user(
        "Alice@Example.org", "supervisor", name="Alice", surname="Rossi\x00", cdl="Physics", last_activity=THEN + 5
    )

    imported()

    alice = Person.objects.get()
    assert (alice.email, alice.full_name, alice.degree_course) == ("alice@example.org", "Alice Rossi", "Physics")
    assert alice.roles == {Role.SUPERVISOR}
    assert alice.joined_at == datetime.fromtimestamp(THEN, UTC)
    assert alice.last_seen_at == datetime.fromtimestamp(THEN + 5, UTC)


def test_people_keep_their_password_and_it_is_hashed_anew(old: Predecessor, imported: Importing) -> None:
    old.user("alice@example.org", password=HASH)
    imported()

    answer = Client().post("/login", {"login": "Alice@Example.org", "password": PASSWORD})

    assert answer.status_code == 302
    assert Person.objects.get().password.startswith("argon2$")


def test_another_kind_of_hash_prepares_an_invitation_and_sends_nothing(old: Predecessor, imported: Importing) -> None:
    old.user("alice@example.org", password="scrypt:32768:8:1$salt$00")
    old.user("bob@example.org", password="scrypt:32768:8:1$salt$00", is_enabled=0)

    imported()

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.sent_at) == ("alice@example.org", Role.STUDENT, None)
    assert [p.has_usable_password() for p in Person.objects.all()] == [False, False]


def test_disabled_accounts_stay_disabled(old: Predecessor, imported: Importing) -> None:
    old.user("alice@example.org", password=HASH, is_enabled=0)

    imported()

    assert not Person.objects.get().is_active


def test_an_unknown_type_opens_nothing(old: Predecessor, imported: Importing) -> None:
    old.user("alice@example.org", "Admin")
    old.user("bob@example.org", "wizard")

    report = imported()

    assert [p.roles for p in Person.objects.all()] == [frozenset(), frozenset()]
    assert "«wizard» is no role; the account has none" in reasons(report, "user_mgmt")


@pytest.mark.parametrize(("first", "second"), [("student", "admin"), ("admin", "student")])
def test_the_same_address_is_one_person_with_the_first_role(
    first: str, second: str, old: Predecessor, imported: Importing
) -> None:
    old.user("alice@example.org", first, password=HASH)
    old.user("ALICE@example.org", second, password="scrypt:1$a$b")

    report = imported()

    alice = Person.objects.get()
    assert alice.roles == {Role(first)}
    assert alice.has_usable_password()
    assert report.tables["user_mgmt"] == {"read": 2, "imported": 1, "merged": 1, "refused": 0}


def test_of_two_rows_the_one_that_could_sign_in_counts(old: Predecessor, imported: Importing) -> None:
    old.user("alice@example.org", "admin", is_enabled=0)
    old.user("Alice@example.org", "student")

    imported()

    assert (Person.objects.get().is_active, Person.objects.get().roles) == (True, {Role.STUDENT})


def test_who_is_here_already_keeps_account_password_and_roles(old: Predecessor, imported: Importing) -> None:
    alice = person("Alice Author", Role.STUDENT)
    number = old.user("ALICE@example.org", "researcher", name="Mallory", password=HASH)
    old.add("supervisor_role", researcher_id=number, granted_by=number)

    report = imported()

    alice = Person.objects.get(pk=alice.pk)
    assert (alice.name, alice.password, alice.roles) == ("Alice", "!unusable", {Role.STUDENT})
    assert report.tables["supervisor_role"]["refused"] == 1


def test_grants_are_kept_with_giver_and_end(old: Predecessor, imported: Importing) -> None:
    ada, rita, carol = (
        old.user("ada@x.org", "admin"),
        old.user("rita@x.org", "researcher"),
        old.user("carol@x.org", "researcher"),
    )
    old.add("supervisor_role", researcher_id=rita, granted_by=ada)
    old.add("supervisor_role", researcher_id=rita, granted_by=ada)
    old.add("supervisor_role", researcher_id=carol, granted_by=99, active=0, updated_at=THEN + 60)

    report = imported()

    assert Person.objects.get(email="rita@x.org").roles == {Role.RESEARCHER, Role.SUPERVISOR}
    assert Person.objects.get(email="carol@x.org").roles == {Role.RESEARCHER}
    ended = Person.objects.get(email="carol@x.org").grants.get(role=Role.SUPERVISOR)
    assert (ended.granted_by, ended.revoked_at) == (None, datetime.fromtimestamp(THEN + 60, UTC))
    assert report.tables["supervisor_role"] == {"read": 3, "imported": 2, "merged": 1, "refused": 0}


def test_an_account_without_an_address_is_kept_and_cannot_sign_in(old: Predecessor, imported: Importing) -> None:
    number = old.user(None, password=HASH)  # type: ignore[arg-type]

    imported()

    lost = Person.objects.get()
    assert (lost.email, lost.is_active) == (f"user-{number}@predecessor.invalid", False)


def test_secrets_are_not_taken_over(old: Predecessor, imported: Importing) -> None:
    old.user("alice@example.org", orcid_access_token="hidden-token", telegram_user_id="1234")
    old.add("telegram_bot_config", bot_token="hidden-bot", bot_username="bot", notification_types="[]")

    report = imported()

    assert "hidden" not in str(report.as_dict())
    assert report.tables["telegram_bot_config"]["refused"] == 1


@pytest.mark.parametrize(
    ("value", "expected", "reason"),
    [
        (THEN * 1000, THEN, "was in milliseconds"),
        (-5, None, "is not a time between 1970 and 2200"),
        (10**17, None, "is not a time between 1970 and 2200"),
        ("2025-10-09 08:53:20", THEN, "was written as a date, taken as UTC"),
        ("soon", None, "is not a time"),
    ],
)
def test_nonsense_times_are_left_out_with_the_reason(
    value: object, expected: int | None, reason: str, old: Predecessor, imported: Importing
) -> None:
    old.user("alice@example.org", last_activity=value)

    report = imported()

    seen = Person.objects.get().last_seen_at
    assert seen == (datetime.fromtimestamp(expected, UTC) if expected else None)
    assert reason in reasons(report, "user_mgmt")
