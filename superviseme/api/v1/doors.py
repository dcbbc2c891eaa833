"""How an address of the API is opened: a function here, a row in OPENED, a path in OpenAPI."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ninja import NinjaAPI, Router, Schema
from ninja.errors import ValidationError
from pydantic import create_model

from superviseme.web.paging import Page
from superviseme.web.programs import problem
from superviseme.workspaces.files.quota import Full

from ..tokens.models import Area


class Problem(Schema):
    """Why not: `detail` is what the status means, `reason` says it of this case, in the reader's language."""

    detail: str
    reason: str


class Unfit(Problem):
    """What was sent does not fit; `errors` by field."""

    errors: dict[str, list[str]]


class Invalid(Exception):
    """What was sent does not fit (422)."""

    def __init__(self, errors: dict[str, list[str]]):
        super().__init__("what was sent does not fit")
        self.errors = errors


class WrongKind(Exception):
    """It is not sent in the way that the description names (415), or not with its length (411)."""

    def __init__(self, words: str, status: int = 415):
        super().__init__(words)
        self.status = status


class Bearer:
    """For the description alone: the door (api/door.py) has looked at the token before."""

    openapi_security_schema = {"type": "http", "scheme": "bearer"}

    def __call__(self, request: Any) -> Any:
        return request.access_token


class Api(NinjaAPI):
    """Refusals go the way of all refusals (web/errors.py), which answers programs in JSON."""

    def on_exception(self, request: Any, exc: Exception) -> Any:  # type: ignore[override]  # the library's is any exception
        if isinstance(exc, ValidationError):
            exc = Invalid({str(one["loc"][-1]): [one["msg"]] for one in exc.errors})
        if isinstance(exc, Full):
            exc = Invalid({"files": exc.messages})
        if isinstance(exc, WrongKind):
            return problem(exc.status, str(exc))
        if isinstance(exc, Invalid):
            words = [word for field_words in exc.errors.values() for word in field_words]
            return problem(422, " ".join(words), errors=exc.errors)
        raise exc


@dataclass
class Opened:
    area: str
    methods: list[str] = field(default_factory=list)


BYTES = bytes
OPENED: dict[str, Opened] = {}
REFUSED: dict[Any, Any] = {frozenset({400, 401, 403, 404, 405, 409, 411, 413, 415, 429, 503}): Problem, 422: Unfit}


class Room(Router):
    """The addresses of one area. `answers` opens one of them; its name is that of a door (`api_<name>`)."""

    def __init__(self, area: Area | None, tag: str):
        super().__init__(tags=[tag])
        self.area = area

    def answers(
        self, method: str, path: str, name: str, *, gives: Any, status: int = 200, takes: Any = None, says: str = ""
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        opened = OPENED.setdefault(name, Opened(self.area or ""))
        opened.methods.append(method)
        extra: dict[str, Any] = {"requestBody": {"required": True, "content": takes}} if takes else {}
        if gives is BYTES:
            extra["responses"] = {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}
        return self.api_operation(
            [method],
            path,
            response={status: None if gives is BYTES else gives, **REFUSED},
            operation_id=f"{method.lower()}_{name}",
            url_name=name,
            summary=says or None,
            openapi_extra=extra or None,
        )


def rows_of(shape: type[Schema]) -> type[Schema]:
    """A page of a list; `next` is the value of `after` for the next one, null on the last."""
    return create_model(f"{shape.__name__}Page", __base__=Schema, items=(list[shape], ...), next=(str | None, ...))  # type: ignore[call-overload, no-any-return, valid-type]  # a model made by a call


def listed(page: Page) -> dict[str, Any]:
    return {"items": page.rows, "next": page.older or None}
