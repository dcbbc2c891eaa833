"""A HEAD asks for the same page as a GET; it carries no token, so nothing may come of it."""

import pytest
from django.core import signing
from django.urls import reverse

from superviseme.accounts.profile.actions import SALT
from tests.people import a_thesis

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["updates", "todos", "goals", "milestones", "meetings", "files", "people"])
def test_a_head_is_answered_like_a_get(client, alice, bob, name):
    thesis = a_thesis(author=alice, supervisor=bob)
    client.force_login(alice)
    answer = client.head(reverse(name, args=[thesis.workspace_id]))
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_head_confirms_no_address(client, alice):
    wanted = {"person": alice.pk, "email": "new@example.org", "was": alice.email, "epoch": alice.session_epoch}
    client.force_login(alice)
    answer = client.head(reverse("profile_email_confirmation", args=[signing.dumps(wanted, salt=SALT)]))
    alice.refresh_from_db()
    assert (answer.status_code, alice.email) == (200, "alice@example.org")
