"""Whatever is sent, people get a page and never a 500."""

from typing import Any

import pytest

from superviseme.accounts.invitations.actions import invite
from superviseme.accounts.models import Person
from superviseme.policy.roles import Role

FIELDS = (
    *(
        "login",
        "password",
        "remember",
        "next",
        "email",
        "name",
        "surname",
        "role",
        "password1",
        "password2",
        "oldpassword",
    ),
    *("degree_course", "affiliation", "gender", "nationality", "about", "language", "time_zone", "theme", "seen"),
)
VALUES = [
    "",
    "\x00",
    "x" * 1_000_000,
    "😀\u202e\u0007",
    "0000-00-00",
    "9" * 40,
    "{{7*7}}<script>",
    "../../etc",
    "\r\nBcc: x@example.org",
]
QUERIES = [
    "q=%00&after=%00",
    "after=W10",
    "after=WyJcdTAwMDAiLCAxLCAxXQ",
    "q=" + "x" * 5000,
    "role=%F0%9F%98%80&state=x&order=-pk",
    "after=WzFlNDAwLDEsMV0",
]


@pytest.fixture
def addresses(ada: Person, alice: Person) -> list[str]:
    invited = invite(email="nina@example.org", role=Role.STUDENT, by=ada)
    user = f"/admin/users/{alice.pk}"
    return [
        *(
            "/login",
            "/password/forgotten",
            "/password/reset/1-x",
            "/profile",
            "/profile/email",
            "/profile/email/x",
            "/profile/theme",
        ),
        *(
            "/profile/password",
            "/admin/users",
            "/admin/invitations",
            "/admin/invitations/new",
            "/supervisor/students/invite",
        ),
        *(
            user,
            f"{user}/grants",
            f"{user}/grants/nonsense/revocation",
            f"{user}/erasure",
            "/admin/users/99999999999999999999",
        ),
        *(
            invited.link.removeprefix("http://localhost:8080"),
            f"/invitations/{10**25}/withdrawal",
            "/invitations/0/resending",
        ),
    ]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_nothing_that_is_posted_breaks_a_page(addresses: list[str], ada: Person, as_: Any, value: str) -> None:
    people = as_(None), as_(ada)

    answers = {
        (address, browser.post(address, dict.fromkeys(FIELDS, value)).status_code)
        for address in addresses
        for browser in people
    }

    assert {answer for answer in answers if answer[1] >= 500} == set()


@pytest.mark.parametrize("query", QUERIES)
def test_nothing_in_the_address_breaks_a_page(addresses: list[str], ada: Person, as_: Any, query: str) -> None:
    browser = as_(ada)

    answers = {(address, browser.get(f"{address}?{query}").status_code) for address in addresses}

    assert {answer for answer in answers if answer[1] >= 500} == set()


def test_double_submits_do_no_harm(ada: Person, alice: Person, as_: Any) -> None:
    browser, user = as_(ada), f"/admin/users/{alice.pk}"
    twice = (
        "disablement",
        "disablement",
        "enablement",
        "enablement",
        "approval",
        "approval",
        "password-link",
        "password-link",
    )

    assert {browser.post(f"{user}/{noun}").status_code for noun in twice} == {302}
