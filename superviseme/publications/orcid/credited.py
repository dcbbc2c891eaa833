"""Who ORCID names as an author, with family and given names apart where that can be said.

ORCID has one field, mostly «Jane Doe» or «Doe, Jane», now and then a group. A person left whole would be an institution to
BibTeX («{Jane Doe}»): not shortened, and sorted under J. So names are cut where every program that reads BibTeX cuts them.
"""

import re

from superviseme.publications.bibtex.read import authors_in

_GROUP = re.compile(
    r"\b(the|of|for|on|and|&|collaborat\w*|consorti\w*|gro?up\w*|team|network|universit\w*|institut\w*|committee|commission"
    r"|society|association|project|initiative|cent(er|re)|council|organi[sz]ation|agency|ministry|department|laborator\w*"
    r"|foundation|company|collective|investigators|ltd|inc|gmbh)\b|[\d/@(]",
    re.IGNORECASE,
)
MOST_WORDS = 5


def author_called(name: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and family and given and "," not in given:
        return {"family": family[:200], "given": given[:200]}
    if comma or not 2 <= len(name.split()) <= MOST_WORDS or _GROUP.search(name):
        return {"literal": name[:300]}
    return next(iter(authors_in(re.sub(r"[\\{}$%~]", "", name))), {"literal": name[:300]})
