"""Finds the forms of a page as a browser would, and sends one as it stands with what a person adds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import resolve


@dataclass
class Form:
    """`sent` is what is filled in already, without the buttons; those are `buttons`."""

    method: str
    action: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    number: str = ""
    again: bool = False  # the script lets it be sent twice

    @property
    def name(self) -> str:
        """Of the address it goes to."""
        return resolve(urlsplit(self.action).path).url_name or ""


class _Reader(HTMLParser):
    def __init__(self, here: str):
        super().__init__()
        self.here, self.forms = here, []
        self.inside: Form | None = None
        self.select: str | None = None
        self.text: str | None = None
        self.loose: list[tuple[str, str, str]] = []  # (form id, name, value)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        found = dict(attrs)
        if tag == "form":
            self.inside = Form(
                found.get("method", "get").lower(), found.get("action") or self.here, number=found.get("id", "")
            )
            self.inside.again = "data-download" in found
            self.forms.append(self.inside)
        elif self.inside is None or "disabled" in found:
            return
        elif tag == "input":
            self._input(found)
        elif tag == "button" and found.get("type", "submit") == "submit":
            self.inside.buttons.append((found.get("name", ""), found.get("value", "")))
        elif tag == "select":
            self.select = found.get("name")
        elif tag == "option" and self.select and "selected" in found:
            self._keep(self.select, found.get("value", ""))
        elif tag == "textarea":
            self.text = found.get("name")
            self._keep(self.text or "", "")

    def _input(self, found: dict[str, Any]) -> None:
        if found.get("type") in ("checkbox", "radio") and "checked" not in found:
            return
        if found.get("name") and found.get("type") != "file":
            self._keep(found["name"], found.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.inside and self.text:
            self.inside.sent[self.text][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.text = None

    def _keep(self, name: str, value: str) -> None:
        assert self.inside is not None
        self.inside.sent.setdefault(name, []).append(value)


def forms_of(browser: Client, address: str) -> list[Form]:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    reader = _Reader(address)
    reader.feed(answer.content.decode())
    return reader.forms


def press(browser: Client, address: str, name: str, add: dict[str, Any], where: str = "") -> Any:
    """Send the form of this page that goes to the address called `name`; `where` is part of its address.

    A page stays where it is when a file is the answer, so such a form says that it may be sent again."""
    found = [
        one for one in forms_of(browser, address) if one.method == "post" and one.name == name and where in one.action
    ]
    assert found, f"{address} has no form to {name}"
    one = found[0]
    buttons = {key: value for key, value in one.buttons[:1] if key}
    answer = browser.post(one.action, {**one.sent, **buttons, **add})
    assert one.again == ("attachment" in answer.get("Content-Disposition", "")), f"{address}: {name}"
    return answer


def names_of(forms: list[Form]) -> Iterator[tuple[str, str]]:
    yield from ((one.method, one.name) for one in forms)
