"""In which form programs send things: JSON as JSON, files as a form (415 otherwise)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from superviseme.workspaces.models import Todo

from .test_writing import JSON, PDF, at, said

__all__ = ["at"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_json_that_is_sent_as_something_else_is_not_taken(program, at, alice, kind):
    answer = program(alice).generic("POST", at("todos"), b'{"title": "Calibrate"}', kind)
    assert said(answer, "reason") == (415, "Send JSON, with the header Content-Type: application/json.")
    assert not Todo.objects.exists()


def test_json_may_name_its_alphabet_and_nothing_needs_no_kind(program, at, alice):
    one = program(alice)
    assert one.generic("POST", at("todos"), b'{"title": "x"}', "application/json; charset=utf-8").status_code == 201
    assert one.generic("POST", at("todos", 1, "completion"), b"", "").status_code == 200


@pytest.mark.parametrize("where", [["files"], ["files", 1, "versions"]])
def test_a_file_that_is_not_sent_as_a_form_is_not_taken(program, at, alice, where):
    one = program(alice)
    one.post(at("files"), {"files": SimpleUploadedFile("x.pdf", PDF)})
    answer = one.post(at(*where), {"files": "x.pdf"}, JSON)
    assert said(answer, "detail") == (415, "This address does not take what is sent in that form.")


def test_what_comes_in_chunks_is_refused_and_not_read_as_nothing(program, at, alice):
    one = program(alice)
    one.post(at("todos"), {"title": "x"}, JSON)
    answer = one.generic("PATCH", at("todos", 1), b"", JSON, headers={"Transfer-Encoding": "chunked"})
    assert said(answer, "reason") == (411, "Send it with Content-Length, and not in chunks.")
