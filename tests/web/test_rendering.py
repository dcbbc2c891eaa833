from typing import Any

from django.template import engines
from django.utils import translation
from jinja2 import Environment, pass_context

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
