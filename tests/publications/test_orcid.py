"""Reading a person's ORCID record, against the public API's shapes."""

import datetime as dt
from typing import Any

import pytest

from superviseme.accounts.models import Identity, Person
from superviseme.accounts.providers.provider import Provider
from superviseme.policy.check import NotAllowed
from superviseme.publications.actions import delete_publication, edit_publication
from superviseme.publications.kinds import Section
from superviseme.publications.models import OrcidSync, Publication
from superviseme.publications.orcid import shapes
from superviseme.publications.orcid.actions import ask_to_read, link_record, unlink_record
from superviseme.publications.orcid.credited import author_called
from superviseme.publications.orcid.number import orcid_in
from superviseme.publications.orcid.worker import read_due_records
from superviseme.web.time import now, simulated

from .conftest import CARBERRY, Orcid, affiliation, date, work

NOT_FOUND = (404, {"response-code": 404}, {})


def titles(person: Person, **which: Any) -> list[str]:
    return sorted(Publication.objects.filter(owner=person, deleted_at=None, **which).values_list("title", flat=True))


def read_again(person: Person) -> OrcidSync:
    ask_to_read(by=person)
    read_due_records()
    return OrcidSync.objects.get(person=person)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (CARBERRY, CARBERRY),
        ("0000000218250097", CARBERRY),
        (f" https://orcid.org/{CARBERRY}/ ", CARBERRY),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", ""),
        ("0000-0002-1825", ""),
        ("٠٠٠٠-0002-1825-0097", ""),
        ("", ""),
    ],
)
def test_a_number_checks_itself(typed: str, number: str) -> None:
    assert orcid_in(typed) == number


def test_everything_public_is_read(linked: Person) -> None:
    assert read_due_records() == "1 read"

    found = {one.section: one for one in Publication.objects.filter(owner=linked)}
    article, post, degree, grant = (found[name] for name in ("work", "employment", "education", "funding"))
    assert (article.title, article.venue, article.published, article.doi, article.kind) == (
        "On psychoceramics",
        "Journal of Psychoceramics",
        "2008-11",
        "10.5555/12345678",
        "journal-article",
    )
    assert article.authors == [{"family": "Carberry", "given": "Josiah"}]
    assert (post.title, post.venue, post.published) == ("Professor", "Psychoceramics, Brown University", "1929")
    assert (degree.title, grant.title, grant.venue, grant.until) == ("MSc", "Cracked pots", "Wellcome", "2004")


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Josiah Carberry", {"family": "Carberry", "given": "Josiah"}),
        ("O'Brien, Seán", {"family": "O'Brien", "given": "Seán"}),
        ("Ludwig van Beethoven", {"family": "van Beethoven", "given": "Ludwig"}),
        ("J. Müller-Lüdenscheidt", {"family": "Müller-Lüdenscheidt", "given": "J."}),
        ("Plato", {"literal": "Plato"}),
        ("ATLAS Collaboration", {"literal": "ATLAS Collaboration"}),
        ("Dept. of Physics, Oslo, Norway", {"literal": "Dept. of Physics, Oslo, Norway"}),
        ("University of Oslo", {"literal": "University of Oslo"}),
        ("A } B", {"family": "B", "given": "A"}),
    ],
)
def test_a_person_has_a_family_name_and_a_group_is_left_whole(name: str, author: dict[str, str]) -> None:
    assert author_called(name) == author


def test_its_bibtex_says_publisher_and_pages(linked: Person, orcid: Orcid) -> None:
    text = r"@article{x, title={T}, author={M{\"u}ller, Jo and Carberry, Josiah}, publisher={Wiley}, volume=7, number=2, pages={1--9}}"
    orcid.full[1] = {"citation": {"citation-type": "bibtex", "citation-value": text}}

    read_due_records()

    found = Publication.objects.get(owner=linked, section="work")
    assert found.authors == [{"family": "Müller", "given": "Jo"}, {"family": "Carberry", "given": "Josiah"}]
    assert (found.publisher, found.volume, found.issue, found.pages) == ("Wiley", "7", "2", "1–9")


def test_reading_again_changes_what_changed_and_doubles_nothing(linked: Person, orcid: Orcid) -> None:
    read_due_records()
    first = Publication.objects.get(owner=linked, section="work").pk
    orcid.works = [work(1, "On cracked pots", doi="10.5555/12345678"), work(9, "Another")]

    read_again(linked)

    assert titles(linked, section="work") == ["Another", "On cracked pots"]
    assert Publication.objects.get(owner=linked, title="On cracked pots").pk == first
    assert Publication.objects.filter(owner=linked).count() == 5


def test_a_thousand_works_come_a_hundred_at_a_time(linked: Person, orcid: Orcid) -> None:
    orcid.works = [work(n, f"Work {n}") for n in range(1, 1001)]

    read_due_records()

    assert Publication.objects.filter(owner=linked, section="work").count() == 1000
    assert len([path for path in orcid.paths if path.startswith("works/")]) == 10


def test_what_the_owner_edited_stays(linked: Person, orcid: Orcid) -> None:
    read_due_records()
    mine = Publication.objects.get(owner=linked, section="work")
    edit_publication(mine, by=linked, kind="book", title="As I say")

    read_again(linked)

    mine.refresh_from_db()
    assert (mine.title, mine.kind) == ("As I say", "book")


def test_what_the_owner_deleted_stays_away(linked: Person, orcid: Orcid) -> None:
    read_due_records()
    delete_publication(Publication.objects.get(owner=linked, section="work"), by=linked)

    read_again(linked)

    assert titles(linked, section="work") == []


def test_what_is_gone_at_orcid_can_be_taken_back(linked: Person, orcid: Orcid) -> None:
    read_due_records()
    kept, orcid.works = orcid.works, []

    read_again(linked)
    gone = Publication.objects.get(owner=linked, section="work")
    orcid.works = kept
    read_again(linked)

    assert gone.deleted_at is not None and gone.deleted_by is None
    assert titles(linked, section="work") == ["On psychoceramics"]


@pytest.mark.parametrize("fields", [{"identifiers": {"doi": "10.5555/12345678"}}, {"published": "2008"}])
def test_what_stands_there_already_is_completed_not_doubled(
    fields: dict[str, Any], linked: Person, orcid: Orcid, a_work: Any
) -> None:
    a_work(linked, "On Psychoceramics", source="manual", **fields)

    read_due_records()

    found = Publication.objects.get(owner=linked, section="work")
    assert (found.title, found.put_code, found.venue) == ("On Psychoceramics", 1, "Journal of Psychoceramics")


def test_a_work_that_got_another_number_stays_one(linked: Person, orcid: Orcid) -> None:
    read_due_records()
    first = Publication.objects.get(owner=linked, section="work").pk
    orcid.works = [work(77, doi="10.5555/12345678")]

    read_again(linked)

    assert list(Publication.objects.filter(section="work").values_list("pk", "put_code")) == [(first, 77)]


def test_read_by_itself_once_a_week(linked: Person) -> None:
    read_due_records()

    assert read_due_records() == ""
    with simulated(now() + dt.timedelta(days=7, minutes=1)):
        assert read_due_records() == "1 read"


def test_unlinking_keeps_what_was_read(linked: Person) -> None:
    read_due_records()

    unlink_record(by=linked)

    assert (linked.orcid, OrcidSync.objects.count(), len(titles(linked))) == ("", 0, 4)


def test_where_orcid_signs_people_in_no_number_is_typed(carol: Person, settings: Any) -> None:
    settings.SIGN_IN_PROVIDERS = (Provider("orcid", "ORCID", "https://orcid.org", "x", "x"),)

    with pytest.raises(NotAllowed):
        link_record(orcid=CARBERRY, by=carol)

    carol.orcid = CARBERRY
    Identity.objects.create(person=carol, provider="orcid", issuer="https://orcid.org", subject=CARBERRY)
    link_record(orcid=CARBERRY, by=carol)
    assert OrcidSync.objects.get().orcid == CARBERRY


def test_the_page_only_asks(carol: Person, orcid: Orcid, as_: Any) -> None:
    browser = as_(carol)

    wrong = browser.post("/publications/orcid", {"orcid": "0000-0002-1825-0098"})
    browser.post("/publications/orcid", {"orcid": CARBERRY})

    assert (wrong.status_code, orcid.asked) == (422, [])
    assert "is being read" in browser.get("/publications").content.decode()
    read_due_records()
    assert "On psychoceramics" in browser.get("/publications").content.decode()
    assert "not confirmed" in browser.get("/publications/orcid").content.decode()


def test_a_demonstration_site_asks_nobody(linked: Person, settings: Any, as_: Any) -> None:
    settings.SITE_MODE, settings.ORCID_API_BASE = "demo", "https://pub.orcid.org/v3.0"

    read_due_records()

    assert Publication.objects.count() == 0
    assert "asks no other server" in as_(linked).get("/publications").content.decode()


def test_of_several_versions_the_one_its_owner_prefers_is_read() -> None:
    indexes = {1: "0", 2: "10", 3: "9", 4: None}
    versions = [work(code, title=f"As {code} says", **{"display-index": index}) for code, index in indexes.items()]
    places = [affiliation(5, "employment")["summaries"][0], affiliation(6, "employment", role="Dean")["summaries"][0]]
    places[1]["employment-summary"]["display-index"] = "1"

    read = shapes.works({"group": [{"work-summary": versions}, {"work-summary": [work(7), work(8)]}]})
    held = shapes.affiliations({"affiliation-group": [{"summaries": places}]}, Section.EMPLOYMENT)

    assert [one.put_code for one in read] == [2, 7]
    assert [one.title for one in held] == ["Dean"]


def test_dates_are_as_precise_as_known() -> None:
    from superviseme.publications.orcid.shapes import _date  # the one thing of it that is a rule of its own

    assert [_date(date("2020")), _date(date("2020", "5")), _date(None)] == ["2020", "2020-05", ""]
