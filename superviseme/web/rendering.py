"""What every page calls a hundred times, made cheap: calls, words, addresses, icons. See docs/decisions/speed.md."""

from collections.abc import Callable
from functools import cache, lru_cache, partial
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from django.conf import settings
from django.templatetags.static import static as find_static
from django.utils import translation
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from . import addresses

_PLAIN = (FunctionType, MethodType, BuiltinFunctionType, partial, type)
_MOST_WORDS = 5000  # texts of templates; a text made of data must not fill the memory
_words: dict[str | None, dict[str, Markup]] = {}


PURE = frozenset({"avatar", "badge", "kind_badge", "priority", "state_badge"})
"""Macros that write what they are given and nothing else: no words of their own, nobody's rights, no day."""
_KNOWN = frozenset({str, Markup, int, bool, type(None)})  # what compares by what it says


@lru_cache(maxsize=2000, typed=True)  # typed: a text and the markup of the same letters are written differently
def _written(macro: Macro, *args: Any, **kwargs: Any) -> Markup:
    return Markup(macro(*args, **kwargs))  # noqa: S704 - a macro escapes what it writes


class PageContext(Context):
    """Calls macros and plain functions directly; the library asks six questions about each call first."""

    def call(self, obj: Any, *args: Any, **kwargs: Any) -> Any:
        if type(obj) is Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            if obj.name in PURE and all(type(one) in _KNOWN for one in (*args, *kwargs.values())):
                return _written(obj, *args, **kwargs)
            return obj(self.eval_ctx, *args, **kwargs)
        if type(obj) in _PLAIN and not hasattr(obj, "jinja_pass_arg"):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return obj(*args, **kwargs)
        return super().call(obj, *args, **kwargs)


def gettext(text: str, **values: Any) -> Markup:
    """The text in the reader's language, its values escaped. The text alone is looked up once per language."""
    language = translation.get_language()
    known = _words.get(language)
    if known is None:
        known = _words[language] = {}
    found = known.get(text)
    if found is None:
        found = Markup(translation.gettext(text))  # noqa: S704 - written by us in a template
        if len(known) < _MOST_WORDS:
            known[text] = found
    return found % values if values or "%" in found else found


def ngettext(singular: str, plural: str, number: int, **values: Any) -> Markup:
    values.setdefault("num", number)
    return _plural(translation.get_language(), singular, plural, number) % values


@lru_cache(maxsize=2000)
def _plural(language: str | None, singular: str, plural: str, number: int) -> Markup:
    """In the active language, which is `language`."""
    return Markup(translation.ngettext(singular, plural, number))  # noqa: S704 - as above


def pgettext(about: str, text: str, **values: Any) -> Markup:
    return Markup(translation.pgettext(about, text)) % values  # noqa: S704 - as above


def npgettext(about: str, singular: str, plural: str, number: int, **values: Any) -> Markup:
    values.setdefault("num", number)
    return Markup(translation.npgettext(about, singular, plural, number)) % values  # noqa: S704 - as above


def unescaped(says: Callable[..., Markup]) -> Callable[..., str]:
    """One of the four above for plain text, which shows the values as they are."""

    def said(*texts: Any, **values: Any) -> str:
        known = {name: value if isinstance(value, int) else Markup(str(value)) for name, value in values.items()}  # noqa: S704 - for no page
        return str(says(*texts, **known))

    return said


def static(path: str) -> str:
    """A file of ours keeps its address as long as the process lives, unless somebody is developing."""
    return find_static(path) if settings.DEBUG else _static(path)


@cache
def _static(path: str) -> str:
    return find_static(path)


def draw_icon(name: str, label: str = "") -> Markup:
    """A Tabler icon from the sprite. Decorative unless it has a label. New names go into static/src/icons.txt."""
    if label:
        return _LABELLED.format(label, static("built/icons.svg"), name)
    return _decorative(name, static("built/icons.svg"))


@lru_cache(maxsize=1000)
def _decorative(name: str, sprite: str) -> Markup:
    return _DECORATIVE.format(sprite, name)


_DECORATIVE = Markup('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>')
_LABELLED = Markup('<svg class="icon" role="img" aria-label="{}" focusable="false"><use href="{}#{}"></use></svg>')


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return addresses.reverse(name, args=args, kwargs=kwargs)


def options(first: list[tuple[Any, Any]], more: tuple[tuple[int, str], ...], chosen: Any) -> Markup:
    """`<option>`s of a select; the many that are the same for everybody (`more`, by number) are written once."""
    found = Markup().join(_option(value, words, chosen) for value, words in first)
    if not more:
        return found
    many = _many_options(more)
    if str(chosen).isdigit():
        start = f'<option value="{chosen}"'
        many = many.replace(start + ">", start + " selected>")
    return found + Markup(many)  # noqa: S704 - each escaped


@lru_cache(maxsize=8)
def _many_options(more: tuple[tuple[int, str], ...]) -> str:
    return "".join(_option(number, words, "") for number, words in more)


def _option(value: Any, words: Any, chosen: Any) -> Markup:
    mark = " selected" if str(value) == str(chosen) else ""
    return Markup(f'<option value="{escape(value)}"{mark}>{escape(words)}</option>')  # noqa: S704 - escaped
