"""Uploading, versions, links and editing in a browser."""

from collections.abc import Callable
from typing import Any

import pytest

from superviseme.notifications.models import Notice
from superviseme.search.models import SearchEntry
from superviseme.workspaces.files import actions
from superviseme.workspaces.files.kinds import Checked
from superviseme.workspaces.files.storage import keep
from superviseme.workspaces.models import Document, FileVersion

from .conftest import PDF, PNG, an_upload

Browser = Callable[..., Any]


def told(verb: str) -> list[str]:
    return [n.recipient.name for n in Notice.objects.filter(verb=verb).order_by("recipient__name")]


def test_a_file_is_uploaded(as_: Browser, workspace: Any, alice: Any) -> None:
    answer = as_(alice).post(
        f"/w/{workspace.pk}/files", {"files": an_upload("Chapter_1.pdf"), "category": "Draft", "description": "*New*"}
    )

    document, version = Document.objects.get(), FileVersion.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/w/{workspace.pk}/files")
    assert (document.title, document.category, document.number, document.created_by) == ("Chapter 1", "Draft", 1, alice)
    assert (version.number, version.filename, version.size, version.uploaded_by) == (
        1,
        "Chapter_1.pdf",
        len(PDF),
        alice,
    )
    assert told("file.added") == ["Bob", "Carol"]


def test_several_files_become_several_documents(as_: Browser, workspace: Any, alice: Any) -> None:
    as_(alice).post(
        f"/w/{workspace.pk}/files", {"files": [an_upload("a.pdf"), an_upload("b.png", PNG)], "title": "Both?"}
    )

    assert [d.title for d in Document.objects.order_by("number")] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.pdf", PNG, "is not that"),
        ("a.svg", b"<svg/>", "not taken"),
        ("a.pdf", PDF * 30, "at most"),
    ],
)
def test_what_is_refused_comes_back_with_the_form_filled(
    as_: Browser, workspace: Any, alice: Any, settings: Any, name: str, content: bytes, words: str
) -> None:
    settings.MAX_UPLOAD_BYTES = 1024

    answer = as_(alice).post(
        f"/w/{workspace.pk}/files",
        {"files": an_upload(name, content), "title": "My chapter", "description": "Second try"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert [w for w in (words, "My chapter", "Second try") if w not in page] == []
    assert not Document.objects.exists()


def test_no_file_at_all_is_said(as_: Browser, workspace: Any, alice: Any) -> None:
    answer = as_(alice).post(f"/w/{workspace.pk}/files", {"title": "My chapter"})

    assert (answer.status_code, "Choose a file first." in answer.content.decode()) == (422, True)


def test_too_many_files_are_refused(as_: Browser, workspace: Any, alice: Any) -> None:
    answer = as_(alice).post(f"/w/{workspace.pk}/files", {"files": [an_upload(f"{n}.pdf") for n in range(6)]})

    assert (answer.status_code, Document.objects.count()) == (422, 0)


def test_what_is_announced_as_far_too_large_is_refused_before_it_is_read(
    as_: Browser, workspace: Any, alice: Any, settings: Any
) -> None:
    settings.MAX_UPLOAD_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000, 1000

    answer = as_(alice).post(f"/w/{workspace.pk}/files", {"files": an_upload("a.txt", b"x" * 7000)})

    assert (answer.status_code, Document.objects.count()) == (413, 0)


def test_visitors_send_no_files(as_: Browser, workspace: Any, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    assert as_(None).post(f"/w/{workspace.pk}/files", {"files": an_upload("a.txt", b"x" * 2000)}).status_code == 413


def test_a_text_beyond_all_bounds_is_too_large(as_: Browser, workspace: Any, alice: Any) -> None:
    answer = as_(alice).post(f"/w/{workspace.pk}/files", {"files": an_upload(), "description": "x" * 6_000_000})

    assert (answer.status_code, Document.objects.count()) == (413, 0)


def test_pressing_twice_adds_one_document(as_: Browser, workspace: Any, alice: Any) -> None:
    for _ in range(2):
        as_(alice).post(f"/w/{workspace.pk}/files", {"files": an_upload(), "title": "My chapter"})

    assert (Document.objects.count(), FileVersion.objects.count()) == (1, 1)


def test_a_new_version_becomes_the_newest(as_: Browser, document: Document, bob: Any) -> None:
    answer = as_(bob).post(
        f"{document.get_absolute_url()}/versions", {"files": an_upload("draft2.pdf", PDF + b"more"), "note": "Figures"}
    )

    newest = document.versions.all()[0]
    assert (answer.status_code, newest.number, newest.note, newest.uploaded_by) == (302, 2, "Figures", bob)
    assert told("file.version_added") == ["Alice", "Carol"]


def test_the_same_bytes_again_make_no_version(as_: Browser, document: Document, alice: Any) -> None:
    answer = as_(alice).post(f"{document.get_absolute_url()}/versions", {"files": an_upload("other.pdf")}, follow=True)

    assert "version 1 already" in answer.content.decode()
    assert FileVersion.objects.count() == 1


def test_a_version_that_lies_is_refused(as_: Browser, document: Document, alice: Any) -> None:
    answer = as_(alice).post(
        f"{document.get_absolute_url()}/versions", {"files": an_upload("a.pdf", PNG), "note": "Figures"}
    )

    assert (answer.status_code, "Figures" in answer.content.decode(), FileVersion.objects.count()) == (422, True, 1)


def test_a_link_has_no_versions(as_: Browser, workspace: Any, alice: Any) -> None:
    link = actions.add_link(workspace, url="https://example.org/", title="Example", by=alice)

    assert as_(alice).post(f"{link.get_absolute_url()}/versions", {"files": an_upload()}).status_code == 422


def test_a_link_is_added(as_: Browser, workspace: Any, alice: Any) -> None:
    answer = as_(alice).post(
        f"/w/{workspace.pk}/files/links", {"url": "https://example.org/paper?x=1", "title": "A paper"}, follow=True
    )

    assert 'href="https://example.org/paper?x=1"' in answer.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "//",
        "",
        "https://" + "x" * 3000,
    ],
)
def test_a_link_that_is_no_web_address_is_refused(as_: Browser, workspace: Any, alice: Any, url: str) -> None:
    answer = as_(alice).post(f"/w/{workspace.pk}/files/links", {"url": url, "title": "A paper"})

    assert (answer.status_code, "A paper" in answer.content.decode(), Document.objects.count()) == (422, True, 0)


def test_an_imported_reference_is_shown_as_text(as_: Browser, workspace: Any, alice: Any) -> None:
    reference = Document.objects.create(
        workspace=workspace, number=9, kind="text", title="Old", url="javascript:alert(1)", created_by=alice
    )

    page = as_(alice).get(reference.get_absolute_url()).content.decode()

    assert ("<code>javascript:alert(1)</code>" in page, 'href="javascript' in page) == (True, False)


def test_title_and_category_are_edited(as_: Browser, document: Document, carol: Any) -> None:
    answer = as_(carol).post(
        f"{document.get_absolute_url()}/edit",
        {"title": "Chapter two", "category": "Paper", "version": document.version},
    )

    document.refresh_from_db()
    assert (answer.status_code, document.title, document.category) == (302, "Chapter two", "Paper")


def test_an_edit_made_in_between_is_not_lost(as_: Browser, document: Document, alice: Any, bob: Any) -> None:
    shown = document.version
    actions.edit_document(document, title="Alice says", description="Alice wrote this", category="", by=alice)

    answer = as_(bob).post(f"{document.get_absolute_url()}/edit", {"title": "Bob says", "version": shown})

    page = answer.content.decode()
    assert (answer.status_code, "Alice wrote this" in page, "Bob says" in page) == (409, True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same_number_of_times(
    as_: Browser, add: Any, workspace: Any, alice: Any, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count):
        actions.add_version(add(f"{n}.txt", f"text {n}".encode()), stored=_stored(f"more {n}"), by=alice)
    browser = as_(alice)
    browser.get(f"/w/{workspace.pk}/files")

    with django_assert_num_queries(10):
        browser.get(f"/w/{workspace.pk}/files")


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_the_database_the_same_number_of_times(
    as_: Browser, document: Document, alice: Any, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count):
        actions.add_version(document, stored=_stored(f"text {n}"), by=alice)
    browser = as_(alice)
    browser.get(document.get_absolute_url())

    with django_assert_num_queries(9):
        browser.get(document.get_absolute_url())


def test_files_come_in_pages_renewed_first(as_: Browser, add: Any, workspace: Any, alice: Any) -> None:
    documents = [add(f"{n}.txt", f"text {n}".encode(), title=f"Text {n}.") for n in range(27)]
    actions.add_version(documents[0], stored=_stored("newest"), by=alice)

    first = as_(alice).get(f"/w/{workspace.pk}/files").content.decode()
    cursor = first.split("after=")[1].split('"')[0]
    second = as_(alice).get(f"/w/{workspace.pk}/files?after={cursor}").content.decode()

    assert ("Text 0.<" in first, "Text 26.<" in first, "Text 2.<" in first) == (True, True, False)
    assert ("Text 2.<" in second, "Text 1.<" in second, "Text 3.<" in second) == (True, True, False)


def _stored(text: str) -> Any:
    return keep(Checked(an_upload("a.txt", text.encode()), "a.txt", "text/plain; charset=utf-8"))


def test_a_file_is_found_by_the_name_it_was_uploaded_with(document: Document) -> None:
    assert "draft.pdf" in SearchEntry.objects.get(thing="workspaces.document", thing_id=document.pk).body
