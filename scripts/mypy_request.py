"""Tells mypy who makes a request: in our views always a Person.

Every view carries an access mark (a system check refuses others), and the few that anyone may open ask
`is_authenticated` first, which both kinds of user have. Without this, every call with `by=request.user` would need a
cast that says nothing.
"""

from collections.abc import Callable

from mypy.plugin import AttributeContext, Plugin
from mypy.types import Type

USER = "django.http.request.HttpRequest.user"
PERSON = "superviseme.accounts.models.Person"


class RequestPlugin(Plugin):
    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        return _person if fullname == USER else None


def _person(context: AttributeContext) -> Type:
    return context.api.named_generic_type(PERSON, [])


def plugin(version: str) -> type[Plugin]:
    return RequestPlugin
