"""What administrators do with accounts, and what they cannot."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from superviseme.accounts.grants.actions import grant_role, revoke_role
from superviseme.accounts.models import Grant, Person
from superviseme.accounts.people.actions import disable_person, erase_person, profile_version
from superviseme.events.models import Event
from superviseme.notifications.models import Notice
from superviseme.outbox.models import Message, State
from superviseme.policy.check import NotAllowed
from superviseme.policy.roles import Role
from superviseme.web.time import now
from tests.people import person


def test_the_list_finds_by_words_role_and_state(ada: Person, alice: Person, bob: Person, as_: Any) -> None:
    disable_person(person=bob, by=ada)
    browser = as_(ada)

    def found(address: str) -> set[str]:
        page = browser.get(address).content.decode()
        return {p.name for p in (ada, alice, bob) if f'id="person-{p.pk}"' in page}

    assert found("/admin/users") == {"Ada", "Alice", "Bob"}
    assert found("/admin/users?q=author+ali") == {"Alice"}
    assert found("/admin/users?role=admin") == {"Ada"}
    assert found("/admin/users?state=disabled") == {"Bob"}
    assert found("/admin/users?state=nonsense&role=nonsense&order=nonsense&after=nonsense") == {"Ada", "Alice", "Bob"}


@pytest.mark.parametrize("order", ["name", "newest", "seen"])
def test_the_list_pages_without_losing_anybody(
    ada: Person, as_: Any, order: str, django_assert_max_num_queries: Any
) -> None:
    import re

    for number in range(60):
        person(f"Person{number:02} Same", Role.STUDENT)
    Person.objects.filter(pk=ada.pk).update(last_seen_at=now())  # looking at the list would move her
    browser, seen, address = as_(ada), [], f"/admin/users?order={order}"

    for _ in range(3):
        with django_assert_max_num_queries(12):
            page = browser.get(address).content.decode()
        seen += re.findall(r'id="person-(\d+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/admin/users" + following[1].replace("&amp;", "&") if following else ""

    assert len(seen) == len(set(seen)) == 61


def test_administration_is_for_administrators(bob: Person, alice: Person, as_: Any) -> None:
    for address in ("/admin/users", f"/admin/users/{alice.pk}", "/admin/users/999999", "/admin/invitations"):
        assert as_(bob).get(address).status_code == 403
        assert as_(None).get(address).status_code == 302


@pytest.mark.parametrize("number", [0, 999999, 10**18, 10**30])
def test_nobody_is_404(ada: Person, as_: Any, number: int) -> None:
    assert as_(ada).get(f"/admin/users/{number}").status_code == 404


def test_editing_a_profile(ada: Person, alice: Person, as_: Any) -> None:
    fields = {"name": "Alicia", "surname": "Author", "affiliation": "Physics", "seen": profile_version(alice)}

    answer = as_(ada).post(f"/admin/users/{alice.pk}", fields)

    assert answer.status_code == 302
    alice.refresh_from_db()
    assert (alice.name, alice.affiliation) == ("Alicia", "Physics")
    assert Event.objects.get(verb="account.edited").actor == ada


def test_an_edit_based_on_an_old_version_is_409_with_both(ada: Person, alice: Person, as_: Any) -> None:
    import re

    browser = as_(ada)
    seen = re.search(r'name="seen" value="(\w+)"', browser.get(f"/admin/users/{alice.pk}").content.decode())[1]
    Person.objects.filter(pk=alice.pk).update(affiliation="Chemistry")

    answer = browser.post(
        f"/admin/users/{alice.pk}", {"name": "Alice", "surname": "A", "affiliation": "Physics", "seen": seen}
    )

    assert answer.status_code == 409
    assert "Chemistry" in answer.content.decode() and "Physics" in answer.content.decode()


def test_more_than_the_profile_cannot_be_posted(ada: Person, alice: Person, as_: Any) -> None:
    before = alice.password
    extra = {
        "password": "x",
        "is_active": "",
        "email": "new@example.org",
        "session_epoch": "9",
        "must_change_password": "on",
    }

    as_(ada).post(f"/admin/users/{alice.pk}", {"name": "Alice", "surname": "A", **extra})

    alice.refresh_from_db()
    assert (alice.password, alice.email, alice.session_epoch, alice.must_change_password) == (
        before,
        "alice@example.org",
        0,
        False,
    )


def test_giving_and_taking_back_a_role(ada: Person, alice: Person, as_: Any) -> None:
    browser = as_(ada)

    browser.post(f"/admin/users/{alice.pk}/grants", {"role": "supervisor"})
    browser.post(f"/admin/users/{alice.pk}/grants", {"role": "supervisor"})
    assert Person.objects.get(pk=alice.pk).roles == {Role.STUDENT, Role.SUPERVISOR}
    assert Grant.objects.filter(person=alice, role="supervisor").get().granted_by == ada

    browser.post(f"/admin/users/{alice.pk}/grants/supervisor/revocation")
    assert Person.objects.get(pk=alice.pk).roles == {Role.STUDENT}
    assert Notice.objects.filter(recipient=alice).count() == 2


def test_a_click_by_htmx_answers_with_the_panel(ada: Person, alice: Person, as_: Any) -> None:
    answer = as_(ada).post(f"/admin/users/{alice.pk}/grants", {"role": "researcher"}, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith(f'<div class="stack-wide" id="account-{alice.pk}"')


def test_the_last_administrator_stays(ada: Person) -> None:
    with pytest.raises(NotAllowed):
        revoke_role(person=ada, role=Role.ADMIN, by=ada)

    second = person("Second Admin", Role.ADMIN)
    revoke_role(person=ada, role=Role.ADMIN, by=ada)

    assert Person.objects.with_role(Role.ADMIN).get() == second


def test_the_last_administrator_who_can_sign_in_stays(ada: Person) -> None:
    second = person("Second Admin", Role.ADMIN)
    disable_person(person=second, by=ada)

    with pytest.raises(NotAllowed):
        revoke_role(person=ada, role=Role.ADMIN, by=ada)


def test_nobody_disables_or_erases_themselves(ada: Person, as_: Any) -> None:
    person("Second Admin", Role.ADMIN)
    browser = as_(ada)

    assert browser.post(f"/admin/users/{ada.pk}/disablement").status_code == 403
    assert browser.post(f"/admin/users/{ada.pk}/erasure", {"name": ada.email}).status_code == 403


def test_only_administrators_manage(bob: Person, alice: Person) -> None:
    for refused in (
        lambda: grant_role(person=bob, role=Role.ADMIN, by=bob),
        lambda: disable_person(person=alice, by=bob),
        lambda: erase_person(person=alice, by=bob),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_password_link_is_started_not_set(ada: Person, alice: Person, as_: Any) -> None:
    as_(ada).post(f"/admin/users/{alice.pk}/password-link")

    letter = Message.objects.get(letter="password_reset")
    assert letter.to == alice.email and "Ada Admin" in letter.text


def test_approving_opens_an_account(ada: Person, alice: Person, as_: Any) -> None:
    Person.objects.filter(pk=alice.pk).update(approved_at=None)

    assert as_(ada).post(f"/admin/users/{alice.pk}/approval").status_code == 302

    alice.refresh_from_db()
    assert alice.approved_at is not None
    assert Message.objects.get(letter="account_open").to == alice.email


def test_making_anonymous_asks_for_the_address(ada: Person, alice: Person, as_: Any) -> None:
    browser = as_(ada)
    assert browser.get(f"/admin/users/{alice.pk}/erasure").status_code == 200
    assert browser.post(f"/admin/users/{alice.pk}/erasure", {"name": "somebody else"}).status_code == 422
    alice.refresh_from_db()
    assert alice.erased_at is None


def test_making_anonymous_leaves_nothing_of_the_person(ada: Person, alice: Person, as_: Any) -> None:
    Client().post("/password/forgotten", {"email": alice.email})
    Message.objects.update(state=State.SENT)
    Client().post("/password/forgotten", {"email": alice.email})  # not sent yet
    open_session = as_(alice)

    answer = as_(ada).post(f"/admin/users/{alice.pk}/erasure", {"name": "Alice@example.org"})

    assert answer.status_code == 302
    alice = Person.objects.get(pk=alice.pk)
    assert (alice.full_name, alice.email, alice.roles) == (
        "Former member",
        f"former-{alice.pk}@removed.invalid",
        frozenset(),
    )
    assert open_session.get("/profile").status_code == 302
    assert [(m.to, m.text) for m in Message.objects.all()] == [(alice.email, "")]
    assert as_(ada).get(f"/admin/users/{alice.pk}").status_code == 200


def test_the_first_administrator_is_made_once(db: None, settings: Any, capsys: Any) -> None:
    settings.ADMIN_BOOTSTRAP_EMAIL, settings.ADMIN_BOOTSTRAP_PASSWORD = "Root@example.org", "first password given"

    call_command("bootstrap_admin")
    settings.ADMIN_BOOTSTRAP_PASSWORD = "another password given"
    call_command("bootstrap_admin")

    root = Person.objects.get()
    assert (root.email, root.roles, root.must_change_password) == ("root@example.org", {Role.ADMIN}, True)
    assert root.check_password("first password given")
    assert "first password given" not in capsys.readouterr().out


def test_without_a_first_password_nothing_is_made(db: None, settings: Any) -> None:
    settings.ADMIN_BOOTSTRAP_PASSWORD = ""
    call_command("bootstrap_admin")

    assert not Person.objects.exists()


def test_a_short_first_password_is_refused_in_production(db: None, settings: Any) -> None:
    settings.SITE_MODE, settings.ADMIN_BOOTSTRAP_PASSWORD = "production", "only fourteen!"

    with pytest.raises(CommandError, match="shorter than 15"):
        call_command("bootstrap_admin")


def test_the_first_password_is_changed_before_anything_else(ada: Person, with_password: Any, sign_in: Any) -> None:
    Person.objects.filter(pk=with_password(ada).pk).update(must_change_password=True)
    browser, new = Client(), "violet anchors sing quietly"
    sign_in(ada.email, client=browser)

    assert browser.get("/admin/users")["Location"] == "/profile/password"
    assert browser.get("/admin/users", headers={"HX-Request": "true"})["HX-Redirect"] == "/profile/password"
    assert "Choose a password of your own first" in browser.get("/profile/password").content.decode()
    browser.post(
        "/profile/password", {"oldpassword": "correct horse battery staple", "password1": new, "password2": new}
    )

    assert browser.get("/admin/users").status_code == 200


def test_on_a_demonstration_site_the_first_password_may_stay(ada: Person, as_: Any, settings: Any) -> None:
    Person.objects.filter(pk=ada.pk).update(must_change_password=True)
    settings.SITE_MODE = "demo"

    assert as_(ada).get("/admin/users").status_code == 200


@pytest.mark.parametrize(
    "query, names",
    [
        ("seen=week", {"Ada", "Alice"}),
        ("seen=not-month", {"Bob"}),
        ("seen=not-year", set()),
        ("seen=never", {"Mallory"}),
        ("seen=month&role=student", {"Alice"}),
        ("role=none", set()),
        ("seen=nonsense", {"Ada", "Alice", "Bob", "Mallory"}),
    ],
)
def test_the_list_finds_by_when_people_were_last_seen(
    ada: Person, alice: Person, bob: Person, mallory: Person, as_: Any, query: str, names: set[str]
) -> None:
    Person.objects.filter(pk__in=[ada.pk, alice.pk]).update(last_seen_at=now())
    Person.objects.filter(pk=bob.pk).update(last_seen_at=now() - timedelta(days=40))
    page = as_(ada).get(f"/admin/users?{query}").text
    assert {p.name for p in (ada, alice, bob, mallory) if f'id="person-{p.pk}"' in page} == names
