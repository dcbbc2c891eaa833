"""A topic Bob offers with Carol's help, and a second student who would like it too."""

from collections.abc import Callable
from typing import Any

import pytest

from superviseme.accounts.models import Person
from superviseme.policy.roles import Role
from superviseme.theses.models import Keyword, Topic, TopicState, TopicSupervisor
from tests import people


def a_topic(publisher: Person, *supervisors: Person, keywords: tuple[str, ...] = (), **facts: Any) -> Topic:
    facts = {"title": "Bridges under wind", "description": "Measure **one** bridge.", "state": TopicState.OPEN, **facts}
    topic = Topic.objects.create(publisher=publisher, **facts)
    TopicSupervisor.objects.bulk_create(TopicSupervisor(topic=topic, person=p) for p in supervisors or (publisher,))
    Keyword.objects.bulk_create(Keyword(topic=topic, word=w, folded=w.casefold()) for w in keywords)
    return topic


@pytest.fixture
def topic(bob: Person) -> Topic:
    return a_topic(bob, keywords=("Wind", "Steel"))


@pytest.fixture
def sven(db: None) -> Person:
    """A second student."""
    return people.person("Sven Second", Role.STUDENT)


@pytest.fixture
def told(db: None) -> Callable[[str], list[str]]:
    """`told("thesis.assigned")`: the first names of those who have a notice of this verb, sorted."""
    from superviseme.notifications.models import Notice

    return lambda verb: sorted(Notice.objects.filter(verb=verb).values_list("recipient__name", flat=True))
