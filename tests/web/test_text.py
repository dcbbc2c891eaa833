"""Markdown of people: safe to show, and quick to show whatever was typed."""

import time

import pytest

from superviseme.web.text import many_lines, markdown, one_line, plain

COSTLY = {
    "a list of tasks": "- [ ] a\n" * 6000,
    "open brackets": "[" * 50_000,
    "open pictures": "![[" * 16_000,
    "open links": "[a](" * 12_000,
    "pictures": "![a](/b)" * 2900,
}


@pytest.mark.parametrize("typed", COSTLY.values(), ids=COSTLY)
def test_no_text_holds_the_site_up(typed):
    started = time.process_time()
    markdown(typed)
    assert time.process_time() - started < 2.5


def test_a_task_list_has_boxes():
    html = markdown("- [ ] read\n- [x] write **all**\n\n[ ] nothing\n")
    assert html.count("<input") == 2
    assert 'checked="checked"' in html
    assert "> read" in html
    assert "write <strong>all</strong>" in html
    assert "[ ] nothing" in html


def test_boxes_cannot_be_ticked_and_say_what_they_are():
    box = '<input disabled="disabled" type="checkbox" aria-label="Done">'
    assert markdown("- [ ] read") == f"<ul>\n<li>{box} read</li>\n</ul>\n"


def test_many_brackets_are_shown_as_typed():
    assert markdown("[" * 5000 + "<b>\nnext") == "<p>" + "[" * 5000 + "&lt;b&gt;<br>next</p>"


def test_headings_start_at_the_third_level_and_leave_none_out():
    assert markdown("## Kept\n\n#### Names\n\n## Rights") == "<h3>Kept</h3>\n<h4>Names</h4>\n<h3>Rights</h3>\n"


@pytest.mark.parametrize(
    ("typed", "kept"), [("\u200b\u200b", ""), (" \u2060 ", ""), ("a\u200bb", "a\u200bb"), ("é", "é")]
)
def test_a_line_that_shows_nothing_is_empty(typed, kept):
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"), [("\u200b\n \u2060", ""), ("\n a\u200b\n\nb \n", "a\u200b\n\nb"), ("😀", "😀")]
)
def test_a_text_that_shows_nothing_is_empty(typed, kept):
    assert many_lines(typed) == kept


LINK = '<a href="{}" rel="noopener nofollow ugc">{}</a>'
CURVE = LINK.format("https://example.org/1.png", "The curve")
HOME = LINK.format("https://example.org", "built")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("![The curve](https://example.org/1.png)", CURVE),
        ("![](/w/1/files/2)", LINK.format("/w/1/files/2", "/w/1/files/2")),
        ("[![built](https://example.org/b.svg)](https://example.org)", HOME),
        ("![a](javascript:alert)", "![a](javascript:alert)"),
        ("![a<b>](https://example.org)", LINK.format("https://example.org", "a&lt;b&gt;")),
    ],
)
def test_a_picture_from_elsewhere_is_a_link_to_it(typed, shown):
    assert markdown(typed) == f"<p>{shown}</p>\n"


def test_the_words_of_a_picture_are_among_the_words_of_its_text():
    assert plain("See ![the curve](https://example.org/1.png).") == "See the curve."
