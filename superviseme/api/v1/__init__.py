"""/api/v1: the same things, actions and refusals as on the pages, as JSON."""

from collections.abc import Iterator
from functools import cache

from ninja import Schema
from ninja.params.models import ParamModel
from pydantic import BaseModel

# Every process reads the shapes, few serve them: they are worked out when the API is first asked (docs/decisions/speed.md).
# pydantic says so for a class and all that are derived from it, and locks the working out against many threads.
ORIGINS: tuple[type[BaseModel], ...] = (Schema, ParamModel)
for _origin in ORIGINS:
    _origin.model_config["defer_build"] = True


@cache
def work_out() -> None:
    """In the order they were written, so that a shape finds those it contains ready: shared, and in a quarter of the time."""
    for origin in ORIGINS:
        for shape in _derived(origin):
            shape.model_rebuild()


def _derived(origin: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in origin.__subclasses__():
        yield one
        yield from _derived(one)
