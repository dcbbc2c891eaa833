"""The template environment: one place for what templates may call."""

from typing import Any

from django.conf import settings
from django.middleware.csrf import get_token
from django.utils import translation
from jinja2 import Environment, StrictUndefined, Template, Undefined, pass_context
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from superviseme.policy import labels

from . import dates, rendering, text
from .context import current_request


def csrf_field() -> Markup:
    """The hidden token field. Made once per page: macros that post need not be imported `with context` for it."""
    asked = current_request.get()
    if asked is None:
        return Markup()
    if not hasattr(asked, "csrf_field_of_page"):
        field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(asked))
        asked.csrf_field_of_page = field  # type: ignore[attr-defined]  # once a request
    return asked.csrf_field_of_page  # type: ignore[attr-defined, no-any-return]  # once a request


@pass_context
def query(context: Any, **changes: Any) -> str:
    """The present address's query string with these parameters changed (None removes one)."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        params.pop(key, None)
        if value is not None and value != "":
            params[key] = value
    return "?" + params.urlencode() if params else "?"


class Writer(CodeGenerator):
    """What a macro or filter has written already is put down as it is; the library asks it three questions first."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(_said if type(_said := (")

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")) is Markup else escape(_said))")


class House(Environment):
    """Globals as one plain dict: the library's chain of maps is copied for every include and import, which was a
    sixth of a page's time (bench/pages.py)."""

    code_generator_class = Writer
    known: dict[Any, Template]
    context_class = rendering.PageContext

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        """The library's cache takes a lock and keeps an order; a page asks seventy times and templates are few."""
        if globals or self.auto_reload:
            return super().get_template(name, parent, globals)
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = super().get_template(name, parent)
        return found

    def make_globals(self, d: Any) -> Any:
        return {**self.globals, **d} if d else self.globals


def environment(**options: Any) -> Environment:
    options.setdefault("undefined", StrictUndefined if settings.DEBUG or settings.STRICT_TEMPLATES else Undefined)
    options["autoescape"] = True
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = House(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], **options)  # noqa: S701 - autoescape is among them
    env.known = {}
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]  # of the i18n extension
    words = {name: getattr(rendering, name) for name in ("gettext", "ngettext", "pgettext", "npgettext")}
    env.globals.update(words, _=rendering.gettext)
    env.globals.update(
        url=rendering.url,
        static=rendering.static,
        draw_icon=rendering.draw_icon,
        options=rendering.options,
        csrf_field=csrf_field,
        query=query,
        get_language=translation.get_language,
        languages=settings.LANGUAGES,
        now=dates.now,
        today=dates.today,
    )
    env.filters.update(
        date=dates.date,
        datetime=dates.datetime_,
        time=dates.time_,
        ago=dates.ago,
        day=dates.day,
        due=dates.due,
        iso=dates.iso,
        markdown=text.markdown,
        plain=text.plain,
        filesize=text.filesize,
        initials=text.initials,
        linebreaks=text.linebreaks,
        number=text.number,
        noun=labels.noun,
        adjective=labels.adjective,
    )
    return env
