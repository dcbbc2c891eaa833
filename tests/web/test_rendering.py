from typing import Any

from django.template import engines
from django.utils import translation
from django.utils.translation import gettext_lazy
from jinja2 import Environment, pass_context
from markupsafe import Markup

from superviseme.web.rendering import PageContext

ENV: Environment = engines.all()[0].env  # type: ignore[attr-defined]  # of the one Jinja2 engine


def written(source: str, **names: Any) -> str:
    return ENV.from_string(source).render(**names)


def test_values_in_a_translated_text_are_escaped() -> None:
    assert written('{{ _("Frozen by %(name)s", name=name) }}', name="<b>") == "Frozen by &lt;b&gt;"


def test_a_percent_sign_of_a_text_is_written_once() -> None:
    assert written('{{ _("100%% of it") }}') == "100% of it"


def test_one_and_several_are_told_apart() -> None:
    source = '{{ ngettext("%(num)s day", "%(num)s days", n) }}'
    assert [written(source, n=1), written(source, n=3)] == ["1 day", "3 days"]


def test_a_text_kept_for_one_language_is_not_shown_in_another() -> None:
    with translation.override("en"):
        english = written('{{ _("Monday") }}')
    with translation.override("de"):
        german = written('{{ _("Monday") }}')
    assert [english, german] == ["Monday", "Montag"]


def test_an_icon_with_a_label_is_an_image_and_escapes_it() -> None:
    source = '{% from "ui/icons.html" import icon %}{{ icon("x", label) }}'
    assert written(source, label='"quick"') == (
        '<svg class="icon" role="img" aria-label="&#34;quick&#34;" focusable="false">'
        '<use href="/static/built/icons.svg#x"></use></svg>'
    )


def test_an_icon_without_a_label_is_hidden_from_readers() -> None:
    source = '{% from "ui/icons.html" import icon %}{{ icon("x") }}'
    assert 'aria-hidden="true"' in written(source)


def test_macros_functions_and_callable_things_are_called_as_by_the_library() -> None:
    class Callable:
        @pass_context
        def __call__(self, context: Any, word: str) -> str:
            return f"{context['a']} {word}"

    env = Environment(autoescape=True)
    house = Environment(autoescape=True)
    house.context_class = PageContext
    source = '{% macro m(x, y="d") %}<i>{{ x }}{{ y }}{{ caller() if caller }}</i>{% endmacro %}{{ m("<") }}{% call m(1, y=2) %}&{% endcall %}{{ c("b") }}{{ f("<") }}'
    names: dict[str, Any] = {"a": "A", "c": Callable(), "f": lambda x: x * 2}
    assert house.from_string(source).render(**names) == env.from_string(source).render(**names)


def test_a_kept_badge_of_a_text_is_not_shown_for_markup_of_the_same_letters() -> None:
    source = '{% from "ui/badges.html" import badge %}{{ badge(label) }}'
    assert [written(source, label=label) for label in ("<b>x</b>", Markup("<b>x</b>"), "<b>x</b>")] == [
        '<span class="sign sign-neutral">&lt;b&gt;x&lt;/b&gt;</span>',
        '<span class="sign sign-neutral"><b>x</b></span>',
        '<span class="sign sign-neutral">&lt;b&gt;x&lt;/b&gt;</span>',
    ]


def test_a_kept_badge_is_kept_by_all_it_was_given() -> None:
    source = '{% from "ui/badges.html" import badge %}{{ badge(1, kind) }}{{ badge(true, kind) }}'
    assert [written(source, kind=kind) for kind in ("good", "urgent")] == [
        written('<span class="sign sign-good">{{ draw_icon("check") }}1</span>')
        + written('<span class="sign sign-good">{{ draw_icon("check") }}True</span>'),
        written('<span class="sign sign-urgent">{{ draw_icon("alert-circle") }}1</span>')
        + written('<span class="sign sign-urgent">{{ draw_icon("alert-circle") }}True</span>'),
    ]


def test_what_is_written_is_escaped_once_whatever_it_is() -> None:
    class Heart:
        def __html__(self) -> str:
            return "<3"

        def __str__(self) -> str:
            return "&"

    parts = ["<", Markup("<"), 4, None, Heart(), gettext_lazy("<Monday>")]
    assert written("{% for part in parts %}{{ part }} {% endfor %}", parts=parts) == "&lt; < 4 None <3 &lt;Monday&gt; "
    assert written('{% set x %}{{ "<" }}{% endset %}{{ x }}{% filter upper %}{{ "<b" }}{% endfilter %}') == "&lt;&LT;B"
    assert written("{% autoescape false %}{{ '<' }}{% endautoescape %}{{ '<' }}") == "<&lt;"


def test_who_opens_the_address_of_a_button_reads_what_it_is_for(as_, ada):
    answer = as_(ada).get("/admin/settings/logo")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "It is meant for a button or a form on one of our pages" in answer.text
