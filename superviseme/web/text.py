"""Text of people: Markdown kept as written, sanitised when shown."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import nh3
from django.template.defaultfilters import filesizeformat
from django.utils import formats
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from mdit_py_plugins.tasklists import tasklists_plugin

_TAGS = {
    *"a abbr b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i kbd li ol p pre s strong sub sup".split(),
    *"table tbody td th thead tr ul input span".split(),
}
_ATTRIBUTES = {"a": {"href", "title", "class"}, "code": {"class"}, "span": {"class"}, "td": {"align"}, "th": {"align"}, "input": {"type", "checked", "disabled"}}

_md = MarkdownIt("gfm-like", {"html": False, "linkify": True, "breaks": True}).use(tasklists_plugin)
_md.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
_BIDI_AND_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _text_token(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    content = tokens[index].content
    return str(env["replace"](content) if "replace" in env else escape(content))


_md.add_render_rule("text", _text_token)


def markdown(value: str | None, replace: Callable[[str], Markup] | None = None) -> Markup:
    """Markdown as safe HTML: no raw HTML, no scripts, no images from elsewhere; headings start at h3.

    `replace` turns the raw text between markup into HTML (references); it must escape what it does not replace.
    """
    html = _md.render(value or "", {"replace": replace} if replace else {})
    html = re.sub(r"<(/?)h([1-4])>", lambda m: f"<{m[1]}h{min(int(m[2]) + 2, 6)}>", html)
    return Markup(  # noqa: S704 - sanitised right here
        nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener nofollow ugc")
    )


def plain(value: str | None, length: int = 200) -> str:
    """The words of a Markdown text on one line, cut at a word."""
    words = Markup(markdown(value)).striptags()
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + "…"


def clean(value: str) -> str:
    """What a person typed, without control and direction-override characters, in one normal form, lines ended by \\n."""
    return unicodedata.normalize("NFC", _BIDI_AND_CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(value: str) -> str:
    return " ".join(clean(value).split())


def linebreaks(value: str | None) -> Markup:
    return Markup("<br>").join(escape(line) for line in (value or "").splitlines())


def filesize(value: int | None) -> str:
    return filesizeformat(value or 0)


def number(value: object) -> str:
    return formats.number_format(value, use_l10n=True)


def initials(name: str | None) -> str:
    words = [w for w in (name or "").split() if w[0].isalnum()]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else "?"
