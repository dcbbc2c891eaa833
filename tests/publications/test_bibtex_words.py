"""What BibTeX of other programs says in TeX, and what an entry leaves to the one it belongs to."""

import pytest

from superviseme.publications.bibtex.names import apart
from superviseme.publications.bibtex.read import authors_in, plain, read

PROCEEDINGS = "@proceedings{P1, title={Proc. of X}, year=2018, publisher={ACM}, editor={Ed, A.}, doi={10.1/p}}"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (r"P{\'a}l X and \O{}rsted, H. and \'Etienne, E.", [r"P{\'a}l X", r"\O{}rsted, H.", r"\'Etienne, E."]),
        ("A, B AND\n{Simon and Schuster} and\tC", ["A, B", "{Simon and Schuster}", "C"]),
        (r"Ferdinand Andersson and\'e X", [r"Ferdinand Andersson and\'e X"]),
        ("and and", ["", "", ""]),
        ("A } and {B and C", ["A }", "{B and C"]),
    ],
)
def test_names_are_cut_at_the_word_and(text: str, names: list[str]) -> None:
    assert apart(text) == names


def test_a_name_that_begins_with_a_command_keeps_its_first_letter() -> None:
    found = authors_in(r"Erd\H{o}s, P. and \O{}rsted, H. C. and \'Etienne, \"Ozg{\"u}r and ")

    assert [(one["family"], one["given"]) for one in found] == [
        ("Erdős", "P."),
        ("Ørsted", "H. C."),
        ("Étienne", "Özgür"),
    ]


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"The {\TeX}book of \LaTeX{} and \BibTeX", "The TeXbook of LaTeX and BibTeX"),
        (r"\copyright{} 5 \pounds, \S 3, \flqq x\frqq", "©5 £, §3, «x»"),
        (r"hy\-phen \textless x\textgreater", "hyphen <x>"),
    ],
)
def test_words_that_tex_has_commands_for_stay(tex: str, words: str) -> None:
    assert plain(tex) == words


def test_a_paper_takes_from_its_proceedings_what_it_does_not_say() -> None:
    paper = read(f"@inproceedings{{c, title={{T}}, author={{B, C}}, crossref={{p1}}}} {PROCEEDINGS}")[0]

    assert (paper.title, paper.venue, paper.publisher, paper.published) == ("T", "Proc. of X", "ACM", "2018")
    assert (paper.authors, paper.identifiers) == ([{"family": "B", "given": "C"}], {})


@pytest.mark.parametrize("parent", ["nobody", "c"])
def test_a_reference_that_leads_nowhere_adds_nothing(parent: str) -> None:
    found = read(f"@inproceedings{{c, title={{T}}, crossref={{{parent}}}}}")[0]

    assert (found.title, found.venue, found.problem) == ("T", "", "")


def test_an_address_is_no_place_of_publication() -> None:
    found = read(r"@misc{m, title={T}, howpublished={\url{http://x.org/~me}}}")[0]

    assert (found.venue, found.url) == ("", "http://x.org/~me")
