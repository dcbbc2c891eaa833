"""Notices without the rooms: something happened in Alice's thesis."""

from collections.abc import Callable

import pytest

from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.notifications.models import Notice


@pytest.fixture
def tell(workspace, bob) -> Callable[..., Notice]:
    """`tell(alice)`: Bob froze the workspace, and Alice's notice of it."""

    def happened(person, *, by=bob, verb=Verb.WORKSPACE_FROZEN) -> Notice:
        event = announce(verb, workspace, by=by, link="/theses")
        return Notice.objects.get(event=event, recipient=person)

    return happened
