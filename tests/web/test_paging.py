"""Cursors come from addresses, and anybody can write an address."""

import base64
import json

import pytest

from superviseme.accounts.models import Person
from superviseme.web.paging import keyset_page

pytestmark = pytest.mark.django_db

NONSENSE = [
    "?",
    "é",
    "[" * 3000,
    "{}",
    "[]",
    "[1]",
    "[NaN, NaN]",
    "[1e400, 1]",
    '["a", null]',
    '["\\u0000", 1]',
    '["\\ud800", 1]',
]


@pytest.mark.parametrize("written", NONSENSE, ids=lambda text: text[:12].encode("unicode_escape").decode())
def test_an_unknown_cursor_is_the_first_page(alice, bob, written):
    cursor = base64.urlsafe_b64encode(written.encode()).decode()
    page = keyset_page(Person.objects.all(), order=("-joined_at", "-pk"), after=cursor)
    assert [person.pk for person in page.rows] == [bob.pk, alice.pk]


def test_a_cursor_continues_where_the_page_ended(alice, bob):
    first = keyset_page(Person.objects.all(), order=("-pk",), size=1)
    assert json.loads(base64.urlsafe_b64decode(first.older + "==")) == [bob.pk]
    assert keyset_page(Person.objects.all(), order=("-pk",), after=first.older).rows == [alice]
