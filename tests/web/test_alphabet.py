"""Lists by name and by title are alphabetical for the letters of every Latin language, on both databases."""

import pytest

from superviseme.accounts.models import BY_NAME, Person
from superviseme.web.alphabet import filed
from superviseme.web.paging import keyset_page
from tests import people

pytestmark = pytest.mark.django_db
IN_ORDER = [
    "Anna Ångström",
    "Zoë de Luca",
    "Aldo De Lucia",
    "Łukasz Łapiński",
    "Émile Østby",
    "Åsa Österreicher",
    "Carla Rossi",
    "Ștefan Rossi",
    "Ugo Zanetti",
    "Ωmega Ωmega",
]


@pytest.fixture
def everybody():
    for number, name in enumerate(reversed(IN_ORDER)):
        people.person(name, email=f"{number}@example.org")


def test_people_stand_where_their_plain_letters_would(everybody):
    assert [p.full_name for p in Person.objects.alphabetical()] == IN_ORDER


def test_every_page_goes_on_where_the_one_before_ended(everybody):
    found, after = [], ""
    while page := keyset_page(Person.objects.alphabetical(), order=BY_NAME, after=after, size=1):
        found += [p.full_name for p in page.rows]
        after = page.older
        if not after:
            break
    assert found == IN_ORDER


@pytest.mark.parametrize(
    "name, plain", [("Åse", "ase"), ("Øl", "ol"), ("Muß", "mus"), ("İZ", "iz"), ("Ωm", "ωm"), (None, None)]
)
def test_a_letter_is_filed_as_its_plain_form(name, plain):
    assert filed(name) == plain


def test_a_supervisors_students_are_alphabetical(as_, bob):
    for number, name in enumerate(["Ugo Zanetti", "Åsa Österreicher", "Zoë de Luca"]):
        people.a_thesis(author=people.person(name, email=f"{number}@example.org"), supervisor=bob)
    page = as_(bob).get("/supervisor/students").text
    assert page.index("de Luca") < page.index("Österreicher") < page.index("Zanetti")


def test_theses_by_title_are_alphabetical(as_, bob, alice):
    for title in ("Zeppelins", "Über Brücken", "elastic beams", "Orbits"):
        people.a_thesis(title=title, author=alice, supervisor=bob)
    page = as_(bob).get("/supervisor/theses", {"sort": "title"}).text
    assert page.index("elastic beams") < page.index("Orbits") < page.index("Über Brücken") < page.index("Zeppelins")
