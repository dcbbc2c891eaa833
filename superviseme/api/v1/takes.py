"""What programs send: by shape first, then by the forms of the pages, so that both take the same."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated, Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field
from ninja.responses import Status
from pydantic import BaseModel, ConfigDict, ValidationError

from superviseme.web.forms import MAX_TEXT, MAX_TITLE

from .doors import Invalid, Room, WrongKind

JSON, MULTIPART = "application/json", "multipart/form-data"
NOTHING = (None, "", "0")  # what Content-Length says of no body

Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="That you read; 409 when somebody changed it since")]
Title = Annotated[str, Field(min_length=1, max_length=MAX_TITLE)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]
Words = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]


def no_truth(value: Any) -> Any:
    """True is no number, though Python says so."""
    if isinstance(value, bool):
        raise ValueError("a number is expected")
    return value


def written_out(value: Any) -> Any:
    """A moment as RFC 3339 has it, not as a count of seconds."""
    try:
        return dt.datetime.fromisoformat(value if re.match(r"\d{4}-\d{2}-\d{2}[Tt ]", value) else "")
    except (ValueError, TypeError):
        raise ValueError("a moment is written like 2027-01-15T14:00:00Z") from None


class Sent(BaseModel):
    """To the letter: nothing unknown, no number where a word belongs."""

    model_config = ConfigDict(strict=True, extra="forbid")


class Change(Sent):
    """What is left out stays as it is."""

    version: Version | None = None


def json_of(shape: type[Sent]) -> dict[str, Any]:
    """For `takes=` of an address."""
    schema = shape.model_json_schema()
    for one in schema["properties"].values() if issubclass(shape, Change) else ():
        one.pop("default", None)  # there is none: the thing itself says what holds
    return {JSON: {"schema": schema}}


def sent(request: HttpRequest, shape: type[Sent]) -> dict[str, Any]:
    """What was said, without what was left out. Ask the law before."""
    _whole(request)
    if request.content_type != JSON and request.META.get("CONTENT_LENGTH") not in NOTHING:
        raise WrongKind(_("Send JSON, with the header Content-Type: application/json."))
    try:
        found = shape.model_validate_json(request.body or b"{}")
    except ValidationError as problem:
        raise Invalid(_by_field(problem)) from None
    said = found.model_dump(exclude_unset=True)
    return {"version": None, **said} if isinstance(found, Change) else said  # a program may leave it out


def uploaded(request: HttpRequest, form: type[forms.Form]) -> dict[str, Any]:
    """What came as a form with a file."""
    _whole(request)
    if request.content_type != MULTIPART:
        raise WrongKind(_("Send a form with the file in it: Content-Type: multipart/form-data."))
    return fit(form(request.POST, request.FILES))


def _whole(request: HttpRequest) -> None:
    """A body in chunks would be read as none, and a change would be lost without a word."""
    if request.headers.get("Transfer-Encoding"):
        raise WrongKind(_("Send it with Content-Length, and not in chunks."), 411)


def fit(form: forms.BaseForm, **said: str) -> dict[str, Any]:
    """What the form makes of it. `said` is how programs call its fields, where that differs."""
    if not form.is_valid():
        named = {said.get(name, name) or "__all__": errors for name, errors in form.errors.items()}
        raise Invalid({name: [str(one) for one in errors] for name, errors in named.items()})
    return form.cleaned_data


def clicks(
    room: Room,
    noun: str,
    path: str,
    *,
    gives: Any,
    find: Callable[..., Any],
    acts: dict[str, tuple[Callable[..., Any], str]],
) -> None:
    """`POST path/act` for each of `acts`: (action, words). Answers with the thing as it is afterwards."""
    for name, (act, says) in acts.items():
        _click(room, f"{path}/{name}", f"{noun}_{name}", gives, find, act, says)


def _click(room: Room, path: str, name: str, gives: Any, find: Any, act: Any, says: str) -> None:
    @room.answers("POST", path, name, gives=gives, says=says)
    def click(request: HttpRequest, pk: int, n: int) -> Any:
        act(find(request, pk, n), by=request.user)
        return find(request, pk, n)


def goes_and_comes(
    room: Room,
    noun: str,
    path: str,
    *,
    gives: Any,
    find: Callable[..., Any],
    delete: Callable[..., Any],
    restore: Callable[..., Any],
) -> None:
    """Deletion, which can be taken back for 30 days."""

    @room.answers("POST", f"{path}/deletion", f"{noun}_deletion", gives=None, status=204, says="Delete it")
    def deletion(request: HttpRequest, pk: int, n: int) -> Any:
        delete(find(request, pk, n), by=request.user)
        return Status(204, None)

    @room.answers("POST", f"{path}/restoration", f"{noun}_restoration", gives=gives, says="Take the deletion back")
    def restoration(request: HttpRequest, pk: int, n: int) -> Any:
        restore(find(request, pk, n, gone=True), by=request.user)
        return find(request, pk, n)


def _by_field(problem: ValidationError) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in problem.errors(include_url=False, include_context=False, include_input=False):
        found.setdefault(".".join(str(part) for part in one["loc"]) or "__all__", []).append(one["msg"])
    return found
