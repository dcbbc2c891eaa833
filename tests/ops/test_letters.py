"""Every letter can be read with sample data before anybody gets one."""

import pytest
from django.conf import settings

from superviseme.ops.letters.samples import ABOUT, sample
from superviseme.outbox.letters import write
from superviseme.site import values

AWKWARD = "D'Amico & <i>Söhne</i>"
FOLDERS = sorted(f.name for f in (settings.BASE_DIR / "superviseme/templates/mail").iterdir() if f.is_dir())


def test_no_letter_is_left_out():
    assert sorted(ABOUT) == FOLDERS


@pytest.mark.parametrize("letter", FOLDERS)
def test_it_is_written_whole_in_text_and_html(db, letter):
    written = write(letter, sample(letter))
    assert (bool(written.subject), "<html" in written.html, "<" in written.subject) == (True, True, False)
    assert "{{" not in written.text + written.html


@pytest.mark.parametrize("letter", FOLDERS)
def test_a_name_stands_in_text_as_it_is_written_and_escaped_in_html(db, letter):
    """Whoever is called D'Amico, at a site called Physics & Co., reads both so in a subject."""
    values.remember({"site_name": AWKWARD})
    named = {name: AWKWARD if isinstance(value, str) else value for name, value in sample(letter).items()}
    written = write(letter, named)
    assert [sign for sign in ("&amp;", "&#", "&lt;") if sign in written.subject + written.text] == []
    assert (AWKWARD in written.text, AWKWARD in written.html) == (True, False)


def test_the_samples_of_news_have_the_buttons_and_reasons_of_real_letters(db):
    moment, day, monday = (write(letter, sample(letter)) for letter in ("notice", "day", "weekly"))
    assert "assigned you the to-do «Calibrate the sensors»" in moment.text
    assert [line.partition(":")[0] for line in moment.text.splitlines() if "://" in line][:2] == [
        "Read and answer",
        "Open",
    ]
    assert "You get this mail because you take part in «Bridges under wind»." in moment.text
    assert "You get this mail because you chose to hear of these things once a day." in day.text
    assert "You get this mail every week because you supervise these theses." in monday.text


def test_administrators_read_them(as_, ada):
    browser = as_(ada)
    assert browser.get("/admin/letters").content.decode().count('class="row-item') == len(FOLDERS)
    for letter in FOLDERS:
        assert browser.get(f"/admin/letters/{letter}").status_code == 200
        assert browser.get(f"/admin/letters/{letter}/html")["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("letter", ["none", "_layout", "notice2"])
def test_a_letter_that_is_none_is_not_found(as_, ada, letter):
    assert as_(ada).get(f"/admin/letters/{letter}").status_code == 404
