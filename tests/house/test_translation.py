"""Every visible word goes through gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import named, our_files

NOT_FOR_PEOPLE = ("styleguide",)  # shown in development only
WITHOUT_LANGUAGE = {"500.html", "unavailable.html"}  # plain files, served when nothing else works
NAMES = {"SHA-256", "@todo:"}
FRAME = re.compile(r"{%\s*block (layout|body_class)\s*%}.*?{% endblock %}", re.DOTALL)
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r'\b(?:title|aria-label|placeholder|alt)="([^"]*)"')
WORD = re.compile(r"[A-Za-z]{2,}")
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
SAYS = {"NotAllowed", "ValidationError", "add_error", "done"}


@pytest.mark.parametrize("text", ["<p>Hello there</p>", '<a title="To the top"></a>', "<b>{{ n }} files</b>"])
def test_a_word_left_alone_is_found(text: str) -> None:
    assert list(_bare_words(text)) != []


def test_no_template_shows_a_word_that_cannot_be_translated() -> None:
    templates = [f for f in our_files(".html", below=("superviseme/templates",)) if _is_for_people(f)]
    assert [f"{named(f)}: {words}" for f in templates for words in _bare_words(f.read_text())] == []


def test_no_refusal_is_written_in_one_language() -> None:
    files = our_files(".py", below=("superviseme",))
    assert [f"{named(f)}: {words}" for f in files for words in _bare_refusals(ast.parse(f.read_text()))] == []


def _is_for_people(file: Path) -> bool:
    return file.name not in WITHOUT_LANGUAGE and not file.name.startswith(NOT_FOR_PEOPLE)


def _bare_words(template: str) -> Iterator[str]:
    """What stands between the tags, and in attributes that are read out, beside the expressions."""
    html = JINJA.sub("\0", FRAME.sub("", template))
    pieces = [*SPOKEN.findall(html), MARKUP.sub("\0", html)]
    for words in (words.strip() for piece in pieces for words in piece.split("\0")):
        if WORD.search(words) and words not in NAMES and '="' not in words:
            yield words


def _bare_refusals(tree: ast.Module) -> Iterator[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    translated = {id(inner) for call in calls if _called(call) in TRANSLATES for inner in ast.walk(call)}
    for inner in (inner for call in calls if _called(call) in SAYS for inner in ast.walk(call)):
        is_text = isinstance(inner, ast.Constant) and isinstance(inner.value, str)
        if is_text and id(inner) not in translated and re.search(r"[A-Za-z]+ [a-z]+", inner.value):
            yield inner.value


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))
