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
    written = write(letter, sample())
    assert (bool(written.subject), "<html" in written.html, "<" in written.subject) == (True, True, False)
    assert "{{" not in written.text + written.html


@pytest.mark.parametrize("letter", FOLDERS)
def test_a_name_stands_in_text_as_it_is_written_and_escaped_in_html(db, letter):
    """Whoever is called D'Amico, at a site called Physics & Co., reads both so in a subject."""
    values.remember({"site_name": AWKWARD})
    named = {name: AWKWARD if isinstance(value, str) else value for name, value in sample().items()}
    written = write(letter, named)
    assert [sign for sign in ("&amp;", "&#", "&lt;") if sign in written.subject + written.text] == []
    assert (AWKWARD in written.text, AWKWARD in written.html) == (True, False)


def test_administrators_read_them(as_, ada):
    browser = as_(ada)
    assert browser.get("/admin/letters").content.decode().count('class="row-item') == len(FOLDERS)
    for letter in FOLDERS:
        assert browser.get(f"/admin/letters/{letter}").status_code == 200
        assert browser.get(f"/admin/letters/{letter}/html")["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("letter", ["none", "_layout", "notice2"])
def test_a_letter_that_is_none_is_not_found(as_, ada, letter):
    assert as_(ada).get(f"/admin/letters/{letter}").status_code == 404
