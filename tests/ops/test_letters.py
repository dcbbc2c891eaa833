"""Every letter can be read with sample data before anybody gets one."""

import pytest
from django.conf import settings

from superviseme.ops.letters.samples import ABOUT, sample
from superviseme.outbox.letters import write

FOLDERS = sorted(f.name for f in (settings.BASE_DIR / "superviseme/templates/mail").iterdir() if f.is_dir())


def test_no_letter_is_left_out():
    assert sorted(ABOUT) == FOLDERS


@pytest.mark.parametrize("letter", FOLDERS)
def test_it_is_written_whole_in_text_and_html(db, letter):
    written = write(letter, sample())
    assert (bool(written.subject), "<html" in written.html, "<" in written.subject) == (True, True, False)
    assert "{{" not in written.text + written.html


def test_administrators_read_them(as_, ada):
    browser = as_(ada)
    assert browser.get("/admin/letters").content.decode().count('class="row-item') == len(FOLDERS)
    for letter in FOLDERS:
        assert browser.get(f"/admin/letters/{letter}").status_code == 200
        assert browser.get(f"/admin/letters/{letter}/html")["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("letter", ["none", "_layout", "notice2"])
def test_a_letter_that_is_none_is_not_found(as_, ada, letter):
    assert as_(ada).get(f"/admin/letters/{letter}").status_code == 404
