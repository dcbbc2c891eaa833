"""The own list in a browser's requests: looking, typing, deleting, importing, exporting."""

from typing import Any

import bibtexparser
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.publications.models import Publication

FORM = {
    "kind": "journal-article",
    "title": "On rivers",
    "authors": "Müller, José\nWorld Health Organization",
    "venue": "Nature",
    "published": "2024-05",
    "doi": "https://doi.org/10.1000/182",
}
TWO = (
    "@article{a, title={On Rivers}, year=2024, publisher={Wiley}}\n@book{b, title={Sand}, year=2020}\n@misc{c, year=1}"
)


def only(person: Person) -> Publication:
    return Publication.objects.get(owner=person)


def test_an_empty_list_says_how_to_fill_it(carol: Person, as_: Any) -> None:
    page = as_(carol).get("/publications").content.decode()

    assert "No publications yet" in page and "Link your record" in page


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_costs_the_same_for_many(
    n: int, carol: Person, as_: Any, a_work: Any, django_assert_num_queries: Any
) -> None:
    for number in range(n):
        a_work(carol, f"Work {number}")
    browser = as_(carol)

    with django_assert_num_queries(8):
        page = browser.get("/publications").content.decode()

    assert page.count('id="publication-') == n


def test_pages_of_25_go_on(carol: Person, as_: Any, a_work: Any) -> None:
    for number in range(26):
        a_work(carol, f"Work {number}", published=f"20{number:02}")
    page = as_(carol).get("/publications").content.decode()

    assert page.count('id="publication-') == 25 and 'rel="next"' in page


def test_one_typed_by_hand(carol: Person, as_: Any) -> None:
    answer = as_(carol).post("/publications/new", FORM)

    found = only(carol)
    assert (answer.status_code, found.source, found.section, found.doi) == (302, "manual", "work", "10.1000/182")
    assert found.authors == [{"family": "Müller", "given": "José"}, {"literal": "World Health Organization"}]


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"published": "May 2024"}, {"doi": "182"}, {"url": "javascript:x"}, {"kind": "poem"}]
)
def test_what_is_wrong_is_said_with_the_form_filled_in(wrong: dict[str, str], carol: Person, as_: Any) -> None:
    answer = as_(carol).post("/publications/new", {**FORM, **wrong})

    assert answer.status_code == 422 and "Müller, José" in answer.content.decode()
    assert Publication.objects.count() == 0


def test_a_position_stands_in_its_own_section(carol: Person, as_: Any) -> None:
    as_(carol).post(
        "/publications/new", {"kind": "employment", "title": "Professor", "published": "2001", "until": "2009"}
    )

    assert only(carol).section == "employment"
    assert "Professor" in as_(carol).get("/publications?tab=employment").content.decode()


def test_editing_says_when_another_window_was_first(carol: Person, as_: Any, a_work: Any) -> None:
    one, browser = a_work(carol), as_(carol)

    first = browser.post(f"/publications/{one.pk}/edit", {**FORM, "title": "First", "version": 1})
    second = browser.post(f"/publications/{one.pk}/edit", {**FORM, "title": "Second", "version": 1})

    assert (first.status_code, second.status_code, only(carol).title) == (302, 409, "First")


def test_saving_it_unchanged_is_no_edit(carol: Person, as_: Any) -> None:
    browser = as_(carol)
    browser.post("/publications/new", FORM)

    browser.post(f"/publications/{only(carol).pk}/edit", {**FORM, "version": 1})

    assert (only(carol).version, only(carol).edited_at) == (1, None)
    assert not Event.objects.filter(verb="publication.edited").exists()


def test_deleting_can_be_undone(carol: Person, as_: Any, a_work: Any) -> None:
    one, browser = a_work(carol), as_(carol)

    browser.post(f"/publications/{one.pk}/deletion")
    gone = browser.get("/publications").content.decode()
    browser.post(f"/publications/{one.pk}/restoration")

    assert f"/publications/{one.pk}/restoration" in gone and "No publications yet" in gone
    assert only(carol).deleted_at is None


def test_the_list_of_another_does_not_exist(carol: Person, bob: Person, ada: Person, as_: Any, a_work: Any) -> None:
    one = a_work(carol, "Secret")

    for person in (bob, ada):
        browser = as_(person)
        assert browser.get(f"/publications/{one.pk}/edit").status_code == 404
        assert browser.post(f"/publications/{one.pk}/deletion").status_code == 404
        assert "Secret" not in browser.get(f"/publications/export?p={one.pk}").content.decode()


def test_import_shows_first_and_keeps_then(carol: Person, as_: Any, a_work: Any) -> None:
    mine, browser = a_work(carol, published="2024"), as_(carol)

    looked = browser.post("/publications/import", {"text": TWO})
    page = looked.content.decode()
    assert (looked.status_code, Publication.objects.count()) == (200, 1)
    assert "Import 2 entries" in page and "One entry cannot be read" in page and "there already" in page

    browser.post("/publications/import", {"text": TWO, "confirmed": "1"})
    mine.refresh_from_db()
    assert sorted(Publication.objects.values_list("title", flat=True)) == ["On rivers", "Sand"]
    assert mine.publisher == "Wiley"


def test_importing_twice_adds_nothing(carol: Person, as_: Any) -> None:
    browser = as_(carol)
    for _ in range(2):
        browser.post("/publications/import", {"text": TWO, "confirmed": "1"})

    assert Publication.objects.count() == 2
    assert Event.objects.filter(verb="publication.imported").count() == 1


def test_twins_within_one_text_become_one(carol: Person, as_: Any) -> None:
    text = "@misc{a, title={X}, doi={10.1/x}}\n@misc{b, title={Another title}, doi={10.1/X}, publisher={P}}"

    as_(carol).post("/publications/import", {"text": text, "confirmed": "1"})

    assert (only(carol).title, only(carol).publisher) == ("X", "P")


def test_two_dois_are_two_works_whatever_the_title(carol: Person, as_: Any) -> None:
    text = "@misc{a, title={X}, doi={10.1/x}}\n@misc{b, title={X}, doi={10.1/y}}"

    as_(carol).post("/publications/import", {"text": text, "confirmed": "1"})

    assert Publication.objects.count() == 2


def test_a_file_is_imported_too(carol: Person, as_: Any) -> None:
    file = SimpleUploadedFile("x.bib", "\ufeff@misc{a, title={Größe}}".encode())

    assert "Größe" in as_(carol).post("/publications/import", {"file": file}).content.decode()


@pytest.mark.parametrize("data", [{}, {"text": "   "}, {"text": "no BibTeX"}, {"text": "@" * 3_000_000}])
def test_nonsense_is_said_so(data: dict[str, str], carol: Person, as_: Any) -> None:
    assert as_(carol).post("/publications/import", data).status_code == 422


def test_export_of_all_and_of_what_was_chosen(carol: Person, as_: Any, a_work: Any) -> None:
    first, _second = a_work(carol, "First"), a_work(carol, "Second")
    a_work(carol, "Professor", kind="employment", section="employment")
    browser = as_(carol)

    everything = browser.get("/publications/export?format=bibtex")
    chosen = browser.get(f"/publications/export?format=bibtex&p={first.pk}&p=x&p={10**30}")

    assert everything["Content-Disposition"] == 'attachment; filename="publications.bib"'
    titles = [entry["title"] for entry in bibtexparser.parse_string(everything.content.decode()).entries]
    assert sorted(titles) == ["First", "Second"]
    assert [entry["title"] for entry in bibtexparser.parse_string(chosen.content.decode()).entries] == ["First"]
    assert [one["title"] for one in browser.get("/publications/export?format=csl").json()] == ["Second", "First"]
    assert "First. (n.d.)." in browser.get("/publications/export?format=references").content.decode()
