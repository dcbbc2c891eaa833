"""Tells mypy who makes a request: in our views always a Person.

Every view carries an access mark (a system check refuses others), and the few that anyone may open ask
`is_authenticated` first, which both kinds of user have. Without this, every call with `by=request.user` would need a
cast that says nothing.
"""

from collections.abc import Callable

from mypy.plugin import AttributeContext, Plugin
from mypy.types import Type, UnionType, get_proper_type

USER = "django.http.request.HttpRequest.user"


class RequestPlugin(Plugin):
    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        return _person if fullname == USER else None


def _person(context: AttributeContext) -> Type:
    known = get_proper_type(context.default_attr_type)
    return known.items[0] if isinstance(known, UnionType) else context.default_attr_type


def plugin(version: str) -> type[Plugin]:
    return RequestPlugin
