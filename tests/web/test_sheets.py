"""Tables to take along: nothing in them runs, nothing is lost."""

import datetime as dt
import io
import json
import zipfile
from decimal import Decimal

import pytest

from superviseme.web.sheets import as_csv, as_json, as_xlsx, harmless
from tests.payloads import FORMULAS


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_of_a_csv_begins_like_a_formula(payload):
    assert harmless(payload).startswith("'")


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(payload):
    with zipfile.ZipFile(as_xlsx([payload], [[payload]])) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet


@pytest.mark.parametrize("words", ["", "Anna", "a=b", "3 + 4", "O'Brien", "«=» is a sign", "né"])
def test_plain_words_stay_as_they_are(words):
    assert harmless(words) == words


def test_numbers_dates_and_nothing_are_written_for_programs():
    moment = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    lines = list(as_csv(["a"], [[-5, Decimal("1.50"), None, True, moment, dt.date(2026, 3, 1), {"k": "é"}]]))
    assert lines[1].strip() == '-5,1.50,,yes,2026-03-01 10:00:00,2026-03-01,"{""k"": ""é""}"'


@pytest.mark.parametrize("rows", [[], [[1, "=x"]], [[1, "a"], [2, None], [3, "\x00\n"]]])
def test_json_says_exactly_what_is_kept(rows):
    found = json.loads("".join(as_json(["n", "text"], rows)))
    assert [list(one.values()) for one in found] == rows


def test_a_workbook_opens_with_its_cells(tmp_path):
    with zipfile.ZipFile(io.BytesIO(as_xlsx(["n", "words"], [[-5, "=1+1"], [2, "x" * 40_000]]).read())) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>-5</v>" in sheet and "'=1+1" in sheet


def test_lines_of_a_cell_are_lines_and_no_signs_of_the_file_format():
    with zipfile.ZipFile(io.BytesIO(as_xlsx(["words"], [["a\r\nb"]]).read())) as book:
        cells = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert ("_x000D_" in cells, "a\nb" in cells) == (False, True)
