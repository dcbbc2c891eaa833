"""Two who look at the same seat, and one of them is faster."""

import pytest

from superviseme.events.models import Event
from superviseme.policy.check import NotAllowed
from superviseme.workspaces.models import Member
from superviseme.workspaces.people import actions


@pytest.fixture
def seats(workspace, carol):
    """The same row as two browsers read it."""
    return [Member.objects.select_related("person", "workspace").get(person=carol) for _ in range(2)]


def test_a_seat_is_taken_back_once(bob, seats):
    for seat in seats:
        actions.remove_person(seat, by=bob)
    assert Event.objects.filter(verb="person.removed").count() == 1


def test_a_label_for_a_seat_that_is_gone_is_refused(bob, seats):
    actions.remove_person(seats[0], by=bob)
    with pytest.raises(NotAllowed, match="no longer has a seat"):
        actions.label_person(seats[1], label="Co-advisor", by=bob)
