"""Lists are searched whatever the case of a letter, on both databases."""

import pytest

from superviseme.accounts.models import Person
from tests import people


@pytest.fixture
def three(db):
    return [people.person(name) for name in ("Émile Österreicher", "Ana [b]_*?^ß", "Łukasz Ωmega")]


@pytest.mark.parametrize(
    "word, found",
    [
        ("österreich", ["Österreicher"]),
        ("ÖSTERREICH", ["Österreicher"]),
        ("STERREICH", ["Österreicher"]),
        ("ωMEGA", ["Ωmega"]),
        ("o\u0308", []),
        ("[b]_*?^ß", ["[b]_*?^ß"]),
        ("*ß", []),
        ("[ab]ß", []),
        ("%", []),
    ],
)
def test_a_word_is_found_in_whatever_case(three, word, found):
    assert [p.surname for p in Person.objects.filter(surname__icontains=word)] == found


def test_the_list_of_people_finds_a_name_written_small(as_, ada, three):
    page = as_(ada).get("/admin/users", {"q": "émile österr"}).text
    assert "Émile Österreicher" in page and "Łukasz" not in page
