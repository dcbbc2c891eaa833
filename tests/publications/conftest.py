"""ORCID's public API as a small real server, in the shapes of its version 3.0."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from superviseme.accounts.models import Person
from superviseme.publications.models import Publication
from superviseme.publications.orcid.actions import link_record
from tests.web.server import Service, drip, serving

CARBERRY = "0000-0002-1825-0097"


def value(text: Any) -> Any:
    return None if text is None else {"value": text}


def date(year: str | None, month: str | None = None) -> Any:
    return {"year": value(year), "month": value(month), "day": None} if year else None


def work(code: int, title: str = "On psychoceramics", *, doi: str = "", **more: Any) -> dict[str, Any]:
    ids = [
        {
            "external-id-type": "doi",
            "external-id-value": doi,
            "external-id-normalized": {"value": doi.lower(), "transient": True},
            "external-id-url": value(f"https://doi.org/{doi}"),
            "external-id-relationship": "self",
        }
    ]
    return {
        "put-code": code,
        "created-date": {"value": 1_500_000_000_000},
        "title": {"title": value(title), "subtitle": None, "translated-title": None},
        "external-ids": {"external-id": ids if doi else []},
        "url": value("https://example.org/paper"),
        "type": "journal-article",
        "publication-date": date("2008", "11"),
        "journal-title": value("Journal of Psychoceramics"),
        "visibility": "public",
        "path": f"/{CARBERRY}/work/{code}",
        **more,
    }


def affiliation(code: int, kind: str, role: str = "Professor") -> dict[str, Any]:
    summary = {
        "put-code": code,
        "department-name": "Psychoceramics",
        "role-title": role,
        "start-date": date("1929"),
        "end-date": None,
        "organization": {"name": "Brown University", "address": {"city": "Providence", "country": "US"}},
        "url": None,
        "external-ids": None,
    }
    return {
        "last-modified-date": None,
        "external-ids": {"external-id": []},
        "summaries": [{f"{kind}-summary": summary}],
    }


def funding(code: int) -> dict[str, Any]:
    return {
        "put-code": code,
        "title": {"title": value("Cracked pots"), "translated-title": None},
        "type": "grant",
        "start-date": date("2001", "03"),
        "end-date": date("2004"),
        "organization": {"name": "Wellcome"},
        "external-ids": None,
        "url": None,
    }


class Orcid(Service):
    """What the record holds; `faults` are answers by path after the iD, `full` what single works say besides."""

    def __init__(self) -> None:
        super().__init__()
        self.works: list[dict[str, Any]] = [work(1, doi="10.5555/12345678")]
        self.employments = [affiliation(2, "employment")]
        self.educations = [affiliation(3, "education", role="MSc")]
        self.fundings = [funding(4)]
        self.full: dict[int, dict[str, Any]] = {}
        self.faults: dict[str, Any] = {}

    def answer(self, method: str, path: str, fields: dict[str, str], headers: dict[str, str]) -> Any:
        orcid, _, rest = path.removeprefix("/v3.0/").partition("/")
        fault = next((found for name, found in self.faults.items() if rest.startswith(name)), None)
        if fault is not None:
            return (200, drip(self), {}) if fault == "slow" else fault
        if orcid != CARBERRY:
            return 404, {"response-code": 404, "developer-message": "not found"}, {}
        if rest.startswith("works/"):
            return {"bulk": [self._full(int(code)) for code in rest.removeprefix("works/").split(",")]}
        return {
            "works": {"group": [{"external-ids": {}, "work-summary": [one]} for one in self.works], "path": path},
            "employments": {"affiliation-group": self.employments, "path": path},
            "educations": {"affiliation-group": self.educations, "path": path},
            "fundings": {"group": [{"funding-summary": [one]} for one in self.fundings], "path": path},
        }[rest]

    def _full(self, code: int) -> dict[str, Any]:
        found = next(one for one in self.works if one["put-code"] == code)
        if code in self.full and "error" in self.full[code]:
            return self.full[code]
        credited = {
            "contributor": [
                {
                    "credit-name": value("Josiah Carberry"),
                    "contributor-attributes": {"contributor-sequence": "first", "contributor-role": "author"},
                },
                {"credit-name": value("Ed Itor"), "contributor-attributes": {"contributor-role": "editor"}},
            ]
        }
        return {"work": {**found, "contributors": credited, "citation": None, **self.full.get(code, {})}}

    @property
    def paths(self) -> list[str]:
        return [path.removeprefix(f"/v3.0/{CARBERRY}/") for _, path, _, _ in self.asked]


@pytest.fixture
def orcid(settings: Any) -> Iterator[Orcid]:
    with serving(Orcid()) as found:
        assert isinstance(found, Orcid)
        settings.ORCID_API_BASE = f"{found.url}/v3.0"
        yield found


@pytest.fixture
def a_work(db: None) -> Callable[..., Publication]:
    def made(owner: Person, title: str = "On rivers", **fields: Any) -> Publication:
        fields.setdefault("kind", "journal-article")
        return Publication.objects.create(owner=owner, title=title, **fields)

    return made


@pytest.fixture
def linked(carol: Person, orcid: Orcid) -> Person:
    link_record(orcid=CARBERRY, by=carol)
    return carol
