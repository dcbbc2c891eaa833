import pytest
from django.utils import translation

from superviseme.web import text
from superviseme.web.text import markdown, without_marks


def test_a_text_with_very_many_marks_is_shown_as_typed() -> None:
    assert markdown("- a\n" * 9000).startswith("<p>- a<br>- a<br>")


def test_a_long_report_with_marks_is_still_written_out() -> None:
    report = "## Results\n\nThe *wind* blew **hard** at [Rome](https://example.org).\n\n- one\n- two\n\n" * 500
    assert markdown(report).count("<li>") == 1000


def test_what_is_kept_for_one_language_is_not_shown_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_", lambda word: f"{translation.get_language()}: {word}")
    with translation.override("en"):
        english = markdown("- [x] read")
    with translation.override("de"):
        german = markdown("- [x] read")
    assert ["en: Done" in english, "de: Done" in german] == [True, True]


def test_a_changed_text_is_shown_as_changed() -> None:
    assert [markdown("*one*"), markdown("*two*")] == ["<p><em>one</em></p>\n", "<p><em>two</em></p>\n"]


def test_a_piece_of_a_text_is_shown_without_its_marks() -> None:
    piece = "# Wind **and** `rain` in [Rome](https://x.it/y), see snake_case_word\n> *quoted* ~~gone~~ _here_"
    assert without_marks(piece) == "Wind and rain in Rome, see snake_case_word quoted gone here"
