"""Zips that are written to a temporary file, so that a large site is never in memory."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO, Any

from django.http import FileResponse

from superviseme.web.sheets import as_csv, as_json, as_xlsx
from superviseme.web.time import today

from .tables import Exported, exported


def of_everything(kind: str) -> IO[bytes]:
    """One file of this kind for each table."""
    file = tempfile.TemporaryFile()  # closed by the answer that sends it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in exported().values():
            with archive.open(f"{table.name}.{kind}", "w", force_zip64=True) as entry:
                _write(table, kind, entry)
    file.seek(0)
    return file


def of_documents(documents: Iterable[tuple[str, Any]]) -> IO[bytes]:
    """A JSON file for each (name, content); what is bytes already goes in under its whole name."""
    file = tempfile.TemporaryFile()  # closed by the answer that sends it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in documents:
            if isinstance(content, bytes):
                archive.writestr(name, content)
            else:
                archive.writestr(f"{name}.json", json.dumps(content, ensure_ascii=False, indent=1, default=str))
    file.seek(0)
    return file


def zipped(file: IO[bytes], name: str) -> Any:
    """The answer that sends it."""
    return FileResponse(file, as_attachment=True, filename=name)


def filename(what: str, ending: str) -> str:
    return f"{what}-{today().isoformat()}.{ending}"


def _write(table: Exported, kind: str, entry: IO[bytes]) -> None:
    if kind == "xlsx":
        with as_xlsx(table.columns, table.rows()) as book:
            shutil.copyfileobj(book, entry)
        return
    for line in (as_csv if kind == "csv" else as_json)(table.columns, table.rows()):
        entry.write(line.encode())
