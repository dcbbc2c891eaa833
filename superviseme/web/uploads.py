"""Uploads go straight to a temporary file: never into memory, never further than a file may be large."""

import logging
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

from superviseme.site.values import setting

log = logging.getLogger(__name__)

MOST_FILES = 5  # in one form


class ToDisk(TemporaryFileUploadHandler):
    """What is too large is counted but not written, so that the form can say how large it was.

    A disk that is full (or cannot be written) is noted on the request; the middleware answers 503 before any view.
    """

    file: Any  # a TemporaryUploadedFile, or None when there is no room for one

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.skipping = False
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self.file = None
            self._give_up()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.skipping or self.file is None:
            return
        try:
            if start + len(raw_data) > setting("max_upload_bytes"):
                self.skipping = True
                self.file.truncate(0)
            else:
                self.file.write(raw_data)
        except OSError:
            self._give_up()

    def file_complete(self, file_size: int) -> Any:
        if self.file is None:
            return None
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def _give_up(self) -> None:
        log.exception("An upload could not be written to the temporary folder")
        self.skipping = True
        self.request.upload_failed = True  # type: ignore[union-attr]  # read by web/middleware.py


def is_too_large(request: HttpRequest) -> bool:
    """By what the browser announces, before a byte is read. Only signed-in people may send files."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return False
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if request.content_type == "multipart/form-data" and request.user.is_authenticated:
        most += MOST_FILES * setting("max_upload_bytes")
    return length > most
