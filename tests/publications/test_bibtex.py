"""Publications leave as BibTeX that another parser reads back, and come in from what people have."""

import json
import re
from typing import Any

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts
from django.core.files.uploadedfile import SimpleUploadedFile

from superviseme.accounts.models import Person
from superviseme.publications.actions import TEXTS, edit_publication
from superviseme.publications.bibtex.read import Unreadable, read, read_one
from superviseme.publications.bibtex.write import bibtex, key
from superviseme.publications.export.csl import csl
from superviseme.publications.export.references import reference, references
from superviseme.publications.kinds import KINDS
from superviseme.publications.models import Publication

NASTY = [
    "R&D at 100% cost: $5_000 #1",
    "Braces { that } do not } match",
    'Back\\slash and ~tilde^ and "quotes"',
    "Über Größe, naïve Łódź, 東京 and 😀",
    "The DNA of iPhone users in the USA",
    "Ends in a backslash \\",
    "@article{not, an = {entry}}",
    "Comma, and, and and",
    "% all a comment",
    "  many   blanks\tand\nlines  ",
]
PEOPLE = [
    {"family": "Müller", "given": "José"},
    {"family": "van der Berg", "given": "Anna-Lena"},
    {"literal": "World Health Organization and friends"},
    {"family": "Smith, Jr", "given": "A & B"},
]


def parsed(text: str) -> Any:
    text = text.replace(r"\textbraceleft{}", r"\{").replace(
        r"\textbraceright{}", r"\}"
    )  # which that parser does not know
    found = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware(keep_braced_groups=False)])
    assert found.failed_blocks == []
    return found


def plain(text: str) -> str:
    return " ".join(text.split()).replace("ˆ", "^")  # as that parser reads \\textasciicircum


@pytest.mark.parametrize("title", NASTY)
def test_every_title_comes_back_from_another_parser(title: str, carol: Person, a_work: Any) -> None:
    found = parsed(bibtex([a_work(carol, title, venue=title, publisher=title, published="2024-05-31")])).entries[0]

    assert [plain(found[name]) for name in ("title", "journal", "publisher")] == [plain(title)] * 3
    assert (found.entry_type, found["year"], found["month"]) == ("article", "2024", "may")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_type_and_its_place(kind: str, carol: Person, a_work: Any) -> None:
    found = parsed(bibtex([a_work(carol, kind=kind, venue="Somewhere", publisher="Wiley")])).entries[0]

    assert found.entry_type == KINDS[kind].bibtex
    assert (found[KINDS[kind].venue], found["publisher"]) == ("Somewhere", "Wiley")


def test_names_come_back_whole(carol: Person, a_work: Any) -> None:
    text = bibtex([a_work(carol, authors=PEOPLE)])

    text = text.replace(r"\textbraceleft{}", r"\{").replace(
        r"\textbraceright{}", r"\}"
    )  # which that parser does not know
    found = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()]).entries[0]

    assert len(found["author"]) == 4
    assert [" ".join([*name.von, *name.last]) for name in found["author"]][:2] == ["Müller", "van der Berg"]
    assert [name.first for name in found["author"]][:2] == [["José"], ["Anna-Lena"]]


def test_pages_numbers_and_addresses(carol: Person, a_work: Any) -> None:
    one = a_work(
        carol,
        volume="12",
        issue="3",
        pages="4-9",
        identifiers={"doi": "10.1000/a_b<c>{d}", "isbn": "978-3"},
        url="https://example.org/a_b?x=1&y=100%25{z}",
    )

    found = parsed(bibtex([one])).entries[0]

    assert (found["volume"], found["number"], found["pages"], found["isbn"]) == ("12", "3", "4--9", "978-3") or found[
        "pages"
    ] == "4–9"
    raw = bibtexparser.parse_string(bibtex([one])).entries[0]
    assert raw["url"] == "https://example.org/a_b?x=1&y=100%25%7Bz%7D"
    assert raw["doi"] == "10.1000/a_b%3Cc%3E%7Bd%7D"


def test_keys_are_unique_and_stay(carol: Person, a_work: Any) -> None:
    twins = [a_work(carol, "The rivers of Łódź", published="2020", authors=PEOPLE[:1]) for _ in range(3)]

    keys = [key(one) for one in twins]

    assert len(set(keys)) == 3
    assert all(re.fullmatch(rf"muller2020rivers-{one.pk}", key(one)) for one in twins)
    assert [key(one) for one in reversed(twins)] == keys[::-1]
    assert key(Publication(pk=7, title="東京")) == "anonnd-7"


def test_a_key_outlives_a_corrected_title(carol: Person, a_work: Any) -> None:
    one = a_work(carol, "Rivres of Łódź", published="2020", authors=PEOPLE[:1])
    cited = key(one)
    fields = {name: getattr(one, name) for name in (*TEXTS, "authors", "identifiers")}

    edit_publication(one, by=carol, **fields | {"title": "Rivers of Łódź", "published": "2021"})
    edit_publication(one, by=carol, **fields | {"title": "The rivers of Łódź", "authors": PEOPLE[1:]})

    assert (one.title, key(one), key(Publication.objects.get())) == ("The rivers of Łódź", cited, cited)


def test_an_entry_of_ours_is_read_back_by_us(carol: Person, a_work: Any) -> None:
    one = a_work(
        carol,
        "DNA & the {rest} of 100%",
        kind="book-chapter",
        authors=PEOPLE,
        venue="A book",
        publisher="Wiley",
        volume="1",
        issue="2",
        pages="3–4",
        published="2024-05",
        url="https://example.org/x_y",
        identifiers={"doi": "10.1000/182"},
    )

    found = read_one(bibtex([one]))

    names = "kind title authors venue publisher volume issue pages published url identifiers".split()
    assert {name: getattr(found, name) for name in names} == {name: getattr(one, name) for name in names}


def test_csl_holds_the_same(carol: Person, a_work: Any) -> None:
    one = a_work(
        carol, authors=PEOPLE[:1], venue="Nature", pages="3–4", published="2024-05", identifiers={"doi": "10.1/x"}
    )

    assert json.loads(json.dumps(csl([one])))[0] == {
        "id": key(one),
        "type": "article-journal",
        "title": "On rivers",
        "author": [{"family": "Müller", "given": "José"}],
        "container-title": "Nature",
        "page": "3-4",
        "DOI": "10.1/x",
        "issued": {"date-parts": [[2024, 5]]},
    }


def test_a_reference_reads_as_in_print(carol: Person, a_work: Any) -> None:
    article = a_work(
        carol, authors=PEOPLE[:2], venue="Nature", volume="12", issue="3", pages="4–9", published="2024-05",
        identifiers={"doi": "10.1/x"},
    )  # fmt: skip
    chapter = a_work(
        carol, "Why?", kind="book-chapter", authors=PEOPLE[2:3], venue="All of it", publisher="Wiley", pages="1–2"
    )
    thesis = a_work(carol, "Sand", kind="dissertation-thesis", venue="University of Oslo", published="1999")

    assert reference(article) == (
        "Müller, J., & van der Berg, A.-L. (2024). On rivers. Nature, 12(3), 4–9. https://doi.org/10.1/x"
    )
    assert reference(chapter) == ("World Health Organization and friends. (n.d.). Why? In All of it (pp. 1–2). Wiley.")
    assert reference(thesis) == "Sand [Doctoral thesis]. (1999). University of Oslo."
    assert references([article, thesis]).split("\n\n")[0].startswith("Müller")


MESSY = r"""
@comment{ignored}
@string{nat = "Nature"}
@Article{one, Title = "{F}oo \& b{\"a}r --- {\'e}", author = {M{\"u}ller, Jo and van Gogh, V. and {CERN}},
  journal = nat, year = 2020, month = may, pages={1--9}, DOI = {https://doi.org/10.1000/ABC}, }
@misc{two, title = {No end, year = 1999
@book{three, title = {Three}, publisher={Wiley}, year={in press 2021}, url={\url{http://x.example/a_b}}}
@book{three, title = {Three again}, year=2022}
@misc{four, note={nothing}}
@misc{five, title={x}, title={y}}
@online{six, title={Six}, date={2021-03-04}, editor={Doe, Jane}}
"""


def test_what_can_be_read_is_read_and_the_rest_says_why() -> None:
    found = {f"{one.key}:{one.line}": one for one in read(MESSY)}

    one = next(entry for entry in found.values() if entry.key == "one")
    assert (one.title, one.venue, one.published, one.pages) == ("Foo & bär — é", "Nature", "2020-05", "1–9")
    assert one.authors == [
        {"family": "Müller", "given": "Jo"},
        {"family": "van Gogh", "given": "V."},
        {"literal": "CERN"},
    ]
    assert one.identifiers == {"doi": "10.1000/ABC"}
    problems = {entry.key: entry.problem for entry in found.values() if entry.problem}
    assert set(problems) == {"two", "four", "five"}
    assert problems["four"] == "It has no title."
    assert [entry.title for entry in found.values() if entry.key == "three"] == ["Three", "Three again"]
    assert next(entry for entry in found.values() if entry.key == "three").url == "http://x.example/a_b"
    assert next(entry for entry in found.values() if entry.key == "six").published == "2021-03-04"


PUT_TOGETHER = r"""
@string{acm = "Journal of the ACM"}
@string{extra = ACM # {: Extra}}
@article{one, title = "C # and " # {F\# # G}, journal = extra, year = 19 # 84, month = may # "~5", author = "Doe, J. and " # {CERN}}
@article{one, title = "The key again", journal = acm, author = "Doe, J. and Roe, R."}
"""


def test_what_stands_in_pieces_is_put_together() -> None:
    one, again = read(PUT_TOGETHER)

    assert (one.title, one.venue, one.published) == ("C # and F# # G", "Journal of the ACM: Extra", "1984-05")
    assert one.authors == [{"family": "Doe", "given": "J."}, {"literal": "CERN"}]
    assert (again.title, again.venue) == ("The key again", "Journal of the ACM")
    assert again.authors == [{"family": "Doe", "given": "J."}, {"family": "Roe", "given": "R."}]


def test_names_that_double_each_other_fill_no_memory() -> None:
    doubling = "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 5000))

    with pytest.raises(Unreadable):
        read('@string{s0 = "word"}\n' + doubling + "@misc{k, title = s4999}")


def test_and_others_stays_what_it_is(carol: Person, a_work: Any) -> None:
    one = a_work(carol, authors=read_one("@misc{k, title={t}, author={Doe, Jane and others}}").authors)

    assert "author = {Doe, Jane and others}" in bibtex([one])
    assert reference(one).startswith("Doe, J., et al. (")
    assert csl([one])[0]["author"] == [{"family": "Doe", "given": "Jane"}]
    assert read_one(bibtex([one])).authors == one.authors


def test_the_number_of_a_preprint_leaves_with_it(carol: Person, a_work: Any) -> None:
    one = a_work(carol, kind="preprint", identifiers={"arxiv": "2401.00001"})

    assert "  eprint = {2401.00001},\n  archiveprefix = {arXiv}" in bibtex([one])
    assert read_one(bibtex([one])).identifiers == {"arxiv": "2401.00001"}


@pytest.mark.parametrize("text", ["", "no entry here", "@", "{" * 5000, "\x00", "@article", "@" * 60_000])
def test_what_is_no_bibtex_is_said_so(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


@pytest.mark.parametrize("name", [",", "and", " and ", "{", "a,b,c,d", "{{{", "and and and", "\\", "x" * 5000])
def test_odd_names_break_nothing(name: str) -> None:
    read("@misc{k, title={t}, author={" + name.replace("{", "{{}}") + "}}")


def test_half_a_command_of_tex_is_shown_as_it_stands() -> None:
    assert read_one(r"@misc{k, title={On $x^2$ and \unknown{this} \'}}").title.startswith("On $x^2$ and")


TOO_LARGE = "This is too large: at most 2,000,000 characters and 2,000 entries go in at once. Import it in parts."
MANY_NAMES = "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 40))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2_000_001,
        "@article{a, title={T}}\n" * 2001,
        "@" * 40_001,
        '@string{a0 = "0123456789"}\n'
        + MANY_NAMES
        + "@article{x, title = a39}"
        + "\n@article{y, note = a20 # a20}" * 900,
    ],
    ids=["characters", "entries", "signs", "names"],
)
def test_what_is_too_large_is_called_so_with_the_limit(text):
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert str(refused.value.reason) == TOO_LARGE


def test_pasting_or_sending_too_much_says_so_too(as_, alice):
    browser, text = as_(alice), "x" * 2_000_001
    pasted = browser.post("/publications/import", {"text": text})
    sent = browser.post("/publications/import", {"file": SimpleUploadedFile("mine.bib", text.encode())})
    assert [(page.status_code, TOO_LARGE in page.content.decode()) for page in (pasted, sent)] == [(422, True)] * 2
