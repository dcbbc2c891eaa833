"""Tables to take along: CSV, XLSX and JSON, a row at a time, in which no cell is a formula.

Spreadsheet programs run what begins like a formula, whoever typed it; such text is marked as text. JSON is for programs
and says exactly what is kept.
"""

import csv
import datetime as dt
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.functional import Promise

from .later import later

xlsxwriter = later("xlsxwriter")

Row = Sequence[Any]
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "−", "|", "%")  # noqa: RUF001 - the wide ones are taken for the narrow
UNSEEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
LONGEST_CELL = 32_767  # of a spreadsheet


def harmless(cell: str) -> str:
    """The text of a cell that no spreadsheet program takes for a formula, whatever stands before the sign."""
    shown = UNSEEN.sub("", cell)
    begins = shown.lstrip(" \t\r\n\xa0\u3000'\"")
    risky = begins.startswith(BEGINS_A_FORMULA) or shown[:1] in ("\t", "\r", "\n")
    return f"'{shown}" if risky else shown


def cell_of(value: Any) -> Any:
    """Numbers stay numbers; everything else is text for people and programs alike."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict | list | tuple):
        return harmless(json.dumps(value, ensure_ascii=False, default=str))
    return harmless(str(value))


def as_csv(columns: Sequence[str | Promise], rows: Iterable[Row]) -> Iterator[str]:
    """With a byte order mark, or spreadsheet programs guess the letters wrong."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([harmless(str(column)) for column in columns])
    for row in rows:
        yield writer.writerow([cell_of(value) for value in row])


def as_json(columns: Sequence[str | Promise], rows: Iterable[Row]) -> Iterator[str]:
    """A list of objects, one a line."""
    names, begin = [str(column) for column in columns], "[\n"
    for row in rows:
        values = dict(zip(names, (_plain(value) for value in row), strict=True))
        yield begin + json.dumps(values, ensure_ascii=False)
        begin = ",\n"
    yield "[]\n" if begin == "[\n" else "\n]\n"


def as_xlsx(columns: Sequence[str | Promise], rows: Iterable[Row]) -> IO[bytes]:
    """A file that was never in memory as a whole."""
    file = tempfile.TemporaryFile()  # closed by the answer that sends it
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "nan_inf_to_errors": True, **safe})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, harmless(str(column)), bold)
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(map(cell_of, row)):
            if isinstance(value, str):
                sheet.write_string(line, place, value.replace("\r\n", "\n")[:LONGEST_CELL])  # else many show «_x000D_»
            else:
                sheet.write_number(line, place, float(value))
    book.close()
    file.seek(0)
    return file


def download(kind: str, name: str, columns: Sequence[str | Promise], rows: Iterable[Row]) -> Any:
    """The table as an answer that streams a file of this kind of FORMATS."""
    filename = f"{name}.{kind}"
    if kind == "xlsx":
        return FileResponse(as_xlsx(columns, rows), as_attachment=True, filename=filename, content_type=FORMATS[kind])
    lines = (as_csv if kind == "csv" else as_json)(columns, rows)
    response = StreamingHttpResponse(lines, content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str | dict | list):
        return value
    return str(value)


class _Echo:
    def write(self, value: str) -> str:
        return value
