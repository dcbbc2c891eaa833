"""What two people press at the same moment: a double click on an invitation, two administrators who remove each other."""

from functools import partial

import pytest

from superviseme.accounts.grants.actions import revoke_role
from superviseme.accounts.invitations import actions
from superviseme.accounts.models import Invitation, Person
from superviseme.accounts.people.actions import disable_person
from superviseme.policy.roles import Role
from tests import people
from tests.racing import race


@pytest.mark.django_db(transaction=True)
def test_a_double_click_invites_once(bob, tmp_path):
    def invite():
        return actions.invite(email="new@example.org", role=Role.STUDENT, by=bob)

    results = race(tmp_path, invite, invite, invite)
    assert sorted(type(r).__name__ for r in results) == ["CannotInvite", "CannotInvite", "Invited"]
    assert Invitation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("remove", [partial(revoke_role, role=Role.ADMIN), disable_person])
def test_of_administrators_who_remove_each_other_at_the_same_moment_one_stays(ada, tmp_path, remove):
    for n in range(4):
        other = people.person(f"Other{n} Admin", Role.ADMIN)
        results = race(tmp_path, partial(remove, person=ada, by=other), partial(remove, person=other, by=ada))
        assert sorted(type(r).__name__ for r in results) == ["NoneType", "NotAllowed"]
        assert Person.objects.active().with_role(Role.ADMIN).count() == 1
        ada = Person.objects.active().with_role(Role.ADMIN).get()
