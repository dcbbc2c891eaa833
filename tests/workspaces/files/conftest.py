from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from superviseme.accounts.models import Person
from superviseme.workspaces.files import actions
from superviseme.workspaces.files.kinds import check
from superviseme.workspaces.files.storage import keep
from superviseme.workspaces.models import Document

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 60


def an_upload(name: str = "draft.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def a_zip(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return out.getvalue()


@pytest.fixture
def add(workspace: Any, alice: Person) -> Callable[..., Document]:
    """Alice's file, stored for real."""

    def make(name: str = "draft.pdf", content: bytes = PDF, **fields: Any) -> Document:
        stored = keep(check(an_upload(name, content), most=10_000_000))
        return actions.add_file(fields.pop("into", workspace), stored=stored, **{"by": alice, **fields})

    return make


@pytest.fixture
def document(add: Callable[..., Document]) -> Document:
    return add()
