"""Text of people: Markdown kept as written, sanitised when shown."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol

import nh3
from django.template.defaultfilters import filesizeformat
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Kinds of signs (Unicode) that alone show nothing: a name made of them is none."""
_TAGS = {
    *"a abbr b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i kbd li ol p pre s strong sub sup".split(),
    *"table tbody td th thead tr ul input span".split(),
}
_ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "code": {"class"},
    "span": {"class"},
    "td": {"align"},
    "th": {"align"},
    "input": {"type", "checked", "disabled"},
}

_md = MarkdownIt("gfm-like", {"html": False, "linkify": True, "breaks": True})
assert _md.linkify is not None  # noqa: S101 - "gfm-like" turns it on
_md.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
_MANY_BRACKETS = 3000  # every open one may look through all the rest of the text
_MANY_MARKS, _MARKS = 15_000, "*_`~#|-<\n"  # half a second of work; a long report has half of that
_LONG = 5000  # characters; few such texts are kept, many shorter ones
_LINK, _MARK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)"), re.compile(r"[*`#>|~]+|(?<!\w)_+|_+(?!\w)")
_BIDI_AND_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class References(Protocol):
    """What a text may name, such as @todo:12: how that is written, and the HTML that stands for one of them."""

    pattern: re.Pattern[str]

    def __call__(self, raw: str) -> Markup: ...


def _take_reference(state: Any, silent: bool) -> bool:
    """A reference stays whole whatever marks it holds; within a link or code it is only text."""
    pattern = state.env.get("pattern")
    match = pattern.match(state.src, state.pos) if pattern and not state.linkLevel else None
    if match is None:
        return False
    if not silent:
        state.push("reference", "", 0).content = match.group()
    state.pos = match.end()
    return True


def _show_reference(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return str(env["replace"](tokens[index].content))


def _put_boxes(state: Any) -> None:
    """`- [ ] text` and `- [x] text` begin with a box. (The plug-in for it looks through all before, for each.)"""
    for item, paragraph, words in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        mark = words.content[:4].lower()
        if (item.type, paragraph.type) == ("list_item_open", "paragraph_open") and mark in ("[ ] ", "[x] "):
            first = words.children[0]
            if first.content.lower().startswith(mark):
                first.content = first.content[3:]
                checked = ' checked="checked"' if mark == "[x] " else ""
                box = Token("html_inline", "", 0, content=f'<input{checked} disabled="disabled" type="checkbox">')
                words.children.insert(0, box)


def _link_pictures(state: Any) -> None:
    """Nothing is loaded from elsewhere: the words of a picture lead to it."""
    for block in state.tokens:
        if any(token.type == "image" for token in block.children or ()):
            block.children = list(_with_links(block.children))


def _with_links(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type != "image":
            yield token
            continue
        address = str(token.attrGet("src"))
        words = Token("text", "", 0, content=token.content or address)
        link = [Token("link_open", "a", 1, attrs={"href": address}), words, Token("link_close", "a", -1)]
        yield from [words] if depth else link


_md.core.ruler.after("inline", "boxes", _put_boxes)
_md.core.ruler.after("inline", "pictures", _link_pictures)
_md.inline.ruler.after("text", "reference", _take_reference)
_md.add_render_rule("reference", _show_reference)


def _headings_in_order(html: str) -> str:
    levels = sorted(set(re.findall(r"<h([1-6])>", html)))
    return re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{min(levels.index(m[2]) + 3, 6)}>", html) if levels else html


def markdown(value: str | None, replace: References | None = None) -> Markup:
    """Markdown as safe HTML: no raw HTML, no scripts, pictures as links; headings start at h3
    and leave no level out, whatever levels the writer chose, so that a screen reader's outline has no holes.

    `replace` turns references into HTML; it must escape what people typed.
    """
    text = value or ""
    if replace and replace.pattern.search(text):
        return _rendered(text, replace)
    keep = _kept_long if len(text) > _LONG else _kept_short
    return keep(text, get_language())


@lru_cache(maxsize=1000)
def _kept_short(value: str, language: str | None) -> Markup:
    return _rendered(value)


@lru_cache(maxsize=20)
def _kept_long(value: str, language: str | None) -> Markup:
    """The same text is the same page for everybody, in one language."""
    return _rendered(value)


def _rendered(value: str, replace: References | None = None) -> Markup:
    if value.count("[") > _MANY_BRACKETS or sum(map(value.count, _MARKS)) > _MANY_MARKS:
        return Markup("<p>{}</p>").format(linebreaks(value))
    html = _md.render(value, {"pattern": replace.pattern, "replace": replace} if replace else {})
    html = _headings_in_order(html)
    return Markup(  # noqa: S704 - sanitised right here
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener nofollow ugc",
            set_tag_attribute_values={"input": {"aria-label": _("Done")}},  # the box of a task list
        )
    )


def references_in(value: str | None, pattern: re.Pattern[str]) -> list[str]:
    """What `markdown` would hand to its `replace`: every reference as written, in order."""
    blocks = _md.parse(value or "", {"pattern": pattern})
    return [token.content for block in blocks for token in block.children or () if token.type == "reference"]


def plain(value: str | None, length: int = 200, replace: References | None = None) -> str:
    """The words of a Markdown text on one line, cut at a word."""
    return shortened(Markup(markdown(value, replace)).striptags(), length)


def shortened(words: str, length: int) -> str:
    """Cut at a word."""
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + "…"


def without_marks(part: str) -> str:
    """The words of a piece cut out of a Markdown text, which need not be Markdown any more, on one line."""
    return " ".join(_MARK.sub(" ", _LINK.sub(r"\1", part)).split())


def clean(value: str) -> str:
    """What a person typed, without control and direction-override characters, in one normal form, lines ended by \\n."""
    return unicodedata.normalize("NFC", _BIDI_AND_CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(value: str) -> str:
    found = " ".join(clean(value).split())
    return found if _shows_something(found) else ""


def many_lines(value: str) -> str:
    """As it was typed; nothing where it shows nothing."""
    found = clean(value).strip()
    return found if _shows_something(found) else ""


def _shows_something(value: str) -> bool:
    return any(unicodedata.category(sign) not in UNSEEN for sign in value)


def linebreaks(value: str | None) -> Markup:
    return Markup("<br>").join(escape(line) for line in (value or "").splitlines())


def filesize(value: int | None) -> str:
    return filesizeformat(value or 0)


def number(value: Decimal | float | str) -> str:
    return formats.number_format(value, use_l10n=True)


def initials(name: str | None) -> str:
    words = [w for w in (name or "").split() if w[0].isalnum()]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else "?"
