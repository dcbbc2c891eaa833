"""Which files are taken: the name and the content must agree."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from superviseme.workspaces.files.kinds import check, safe_name, title_from

from .conftest import PDF, PNG, a_zip, an_upload

DOCX = a_zip(word__document_DOT_xml=b"<w/>")
ODT = a_zip(mimetype=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.pdf", b"\xef\xbb\xbf\r\n " + PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0 picture", "image/jpeg"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("a.zip", a_zip(b=b"c"), "application/zip"),
        ("a.txt", "Grüße 🦊".encode(), "text/plain; charset=utf-8"),
        ("a.txt", "Grüße".encode("latin-1"), "text/plain; charset=utf-8"),
        ("a.csv", "a;b".encode("utf-16"), "text/csv; charset=utf-8"),
        ("a.tex", b"\\documentclass{book}", "text/plain; charset=utf-8"),
        ("a.py", b"print(1)", "text/plain; charset=utf-8"),
    ],
)
def test_what_people_work_with_is_taken(name: str, content: bytes, content_type: str) -> None:
    assert check(an_upload(name, content), most=1_000_000).content_type == content_type


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.pdf", PDF * 100, "at most"),
        ("a.pdf", PNG, "Portable Network Graphics"),
        ("a.pdf", b"<html>", "what is inside is not that"),
        ("a.pdf", b"MZ\x90\x00" + PDF, "what is inside is not that"),
        ("a.pdf", b"%!PS <script>" + PDF, "what is inside is not that"),
        ("a.png", PDF, "what is inside is not that"),
        ("a.docx", a_zip(b=b"c"), "what is inside is not that"),
        ("a.docx", b"PK\x03\x04 broken", "what is inside is not that"),
        (
            "a.docx",
            a_zip(word__document_DOT_xml=b"<w/>", word__vbaProject_DOT_bin=b"macro"),
            "what is inside is not that",
        ),
        ("a.odt", DOCX, "what is inside is not that"),
        ("a.txt", b"MZ\x00\x01\x02", "what is inside is not that"),
        ("a.txt", b"  <!DOCTYPE html><script>alert(1)</script>", "what is inside is not that"),
        ("a.md", b"\xef\xbb\xbf<svg onload=alert(1)>", "what is inside is not that"),
        ("a.svg", b"<svg/>", "of a kind that is not taken"),
        ("a.html", b"<html>", "of a kind that is not taken"),
        ("a.exe", b"MZ", "of a kind that is not taken"),
        ("a.docm", DOCX, "of a kind that is not taken"),
        ("a.pdf.exe", PDF, "of a kind that is not taken"),
        ("pdf", PDF, "of a kind that is not taken"),
        (".pdf", PDF, "of a kind that is not taken"),
    ],
)
def test_what_lies_or_harms_is_refused_with_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check(an_upload(name, content), most=2000)

    assert words in " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\chapter 1.pdf", "chapter 1.pdf"),
        ("inno\u202efdp.exe", "innofdp.exe"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ('say "hi"; rm.pdf', "say _hi__ rm.pdf"),
        (" . hidden.pdf . ", "hidden.pdf"),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
        ("Grüße 🦊.pdf", "Grüße 🦊.pdf"),
    ],
)
def test_names_are_cleaned(raw: str, kept: str) -> None:
    assert safe_name(raw) == kept


def test_a_document_without_title_is_called_by_its_name() -> None:
    assert title_from("Chapter_2_draft.v3.pdf") == "Chapter 2 draft.v3"


def test_a_zip_that_claims_a_huge_list_is_not_opened() -> None:
    end = b"PK\x05\x06" + b"\x00" * 6 + (60_000).to_bytes(2, "little") + (2**31).to_bytes(4, "little") + b"\x00" * 6
    claims: Any = an_upload("a.docx", b"PK\x03\x04" + end)

    with pytest.raises(ValidationError):
        check(claims, most=1000)
