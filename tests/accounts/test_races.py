"""A double click on the button of an invitation."""

import pytest

from superviseme.accounts.invitations import actions
from superviseme.accounts.models import Invitation
from superviseme.policy.roles import Role
from tests.racing import race


@pytest.mark.django_db(transaction=True)
def test_a_double_click_invites_once(bob, tmp_path):
    def invite():
        return actions.invite(email="new@example.org", role=Role.STUDENT, by=bob)

    results = race(tmp_path, invite, invite, invite)
    assert sorted(type(r).__name__ for r in results) == ["CannotInvite", "CannotInvite", "Invited"]
    assert Invitation.objects.count() == 1
