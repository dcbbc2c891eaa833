"""The chain of seals: a change afterwards shows."""

import pytest

from superviseme.events.actions import seal_new_events
from superviseme.events.models import Event
from superviseme.events.queries import broken_seals, sealed_until
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb


@pytest.fixture
def sealed(workspace, bob):
    events = [announce(Verb.WORKSPACE_EDITED, workspace, by=bob, link="") for _ in range(3)]
    seal_new_events()
    return events


def test_all_that_happened_is_sealed_once(sealed):
    before = list(Event.objects.values_list("seal", flat=True))
    seal_new_events()
    assert (list(Event.objects.values_list("seal", flat=True)), sealed_until(), list(broken_seals())) == (before, 3, [])


def test_new_events_continue_the_chain(sealed, workspace, bob):
    announce(Verb.WORKSPACE_EDITED, workspace, by=bob, link="")
    seal_new_events()
    assert (sealed_until(), list(broken_seals())) == (4, [])


@pytest.mark.parametrize(
    "change", [{"title": "Another"}, {"data": {"x": 1}}, {"verb": "workspace.frozen"}, {"link": "/elsewhere"}]
)
def test_a_change_afterwards_shows(sealed, change):
    Event.objects.filter(pk=sealed[1].pk).update(**change)
    assert [e.pk for e in broken_seals()] == [sealed[1].pk]


def test_a_removal_afterwards_shows(sealed):
    sealed[1].notices.all().delete()
    sealed[1].delete()
    assert [e.pk for e in broken_seals()] == [sealed[2].pk]
