"""Bytes on disk: once, whole, or not at all."""

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from superviseme.web.uploads import ToDisk
from superviseme.workspaces.files import actions, storage
from superviseme.workspaces.files.kinds import Checked
from superviseme.workspaces.models import Document, FileVersion

from .conftest import PDF, an_upload


def objects(folder: Path) -> list[str]:
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def checked(content: bytes = PDF) -> Checked:
    return Checked(an_upload(content=content), "draft.pdf", "application/pdf")


def test_bytes_lie_under_their_checksum(settings: Any) -> None:
    stored = storage.keep(checked())

    digest = hashlib.sha256(PDF).hexdigest()
    assert (stored.sha256, stored.size) == (digest, len(PDF))
    assert objects(settings.FILES_DIR) == [f"{digest[:2]}/{digest[2:4]}/{digest}"]
    assert storage.open_bytes(digest).read() == PDF


def test_bytes_of_a_backup_are_put_back_only_under_the_name_they_have(settings: Any) -> None:
    kept, other = storage.keep(checked()), hashlib.sha256(b"other").hexdigest()

    with pytest.raises(storage.Missing):
        storage.put_back(other, [PDF])

    assert objects(settings.FILES_DIR) == [f"{kept.sha256[:2]}/{kept.sha256[2:4]}/{kept.sha256}"]


def test_the_same_bytes_are_kept_once(settings: Any) -> None:
    first, second = storage.keep(checked()), storage.keep(checked())

    assert first == second
    assert len(objects(settings.FILES_DIR)) == 1


def test_a_full_disk_leaves_nothing_behind(settings: Any) -> None:
    def chunks() -> Any:
        yield PDF
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    full = checked()
    object.__setattr__(full, "chunks", chunks)

    with pytest.raises(storage.NoRoom):
        storage.keep(full)

    assert objects(settings.FILES_DIR) == []


def test_a_folder_that_cannot_be_written_is_answered_with_503(
    as_: Callable[..., Any], workspace: Any, alice: Any, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path / "a file" / "files"
    (tmp_path / "a file").write_text("in the way")

    answer = as_(alice).post(f"/w/{workspace.pk}/files", {"files": an_upload()})

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Nothing was saved" in answer.content.decode()
    assert not Document.objects.exists()


def test_a_transaction_that_fails_leaves_no_row_and_no_half_object(workspace: Any, alice: Any, settings: Any) -> None:
    stored = storage.keep(checked())

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.add_file(workspace, stored=stored, by=alice)
        1 / 0  # noqa: B018

    assert (Document.objects.count(), FileVersion.objects.count()) == (0, 0)
    assert [len(name) for name in objects(settings.FILES_DIR)] == [70]  # whole, and found again by the next upload


def test_bytes_that_are_gone_are_said_to_be_gone(as_: Callable[..., Any], document: Document, alice: Any) -> None:
    version = document.versions.get()
    storage.path_of(version.sha256).unlink()

    answer = as_(alice).get(f"{document.get_absolute_url()}/versions/1")

    assert (answer.status_code, "cannot be found" in answer.content.decode()) == (503, True)


def test_a_temporary_folder_that_is_full_or_gone_is_answered_with_503(
    as_: Callable[..., Any], workspace: Any, alice: Any, settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "gone"

    answer = as_(alice).post(f"/w/{workspace.pk}/files", {"files": an_upload()})

    assert (answer.status_code, answer["Retry-After"], Document.objects.count()) == (503, "5", 0)


def test_what_is_too_large_takes_no_room_while_it_is_read(settings: Any, tmp_path: Path) -> None:
    settings.MAX_UPLOAD_BYTES, settings.FILE_UPLOAD_TEMP_DIR = 10, tmp_path
    handler = ToDisk()
    handler.new_file("files", "a.txt", "text/plain", 30)

    handler.receive_data_chunk(b"x" * 10, 0)
    handler.receive_data_chunk(b"x" * 20, 10)
    taken = handler.file_complete(30)

    assert (taken.size, taken.read()) == (30, b"")
