"""What leaves the house: never as a page of ours, never to another workspace."""

from collections.abc import Callable
from typing import Any

import pytest

from superviseme.web.time import now
from superviseme.workspaces.models import Document
from superviseme.workspaces.room.actions import freeze_workspace

from .conftest import PDF, PNG, an_upload

Browser = Callable[..., Any]


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_download_is_an_attachment_that_cannot_run(as_: Browser, add: Any, eve: Any) -> None:
    document = add("Grüße 🦊.txt", b"plain words")

    answer = as_(eve).get(f"{document.get_absolute_url()}/versions/1")

    assert body(answer) == b"plain words"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe%20%F0%9F%A6%8A.txt"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(("name", "content", "sandboxed"), [("a.pdf", PDF, False), ("a.png", PNG, True)])
def test_pictures_and_pdf_are_shown_in_place(
    as_: Browser, add: Any, alice: Any, name: str, content: bytes, sandboxed: bool
) -> None:
    document = add(name, content)

    answer = as_(alice).get(f"{document.get_absolute_url()}/versions/1/preview")

    policy = answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline")
    assert ("default-src 'none'" in policy, "sandbox" in policy, answer["X-Frame-Options"]) == (
        True,
        sandboxed,
        "SAMEORIGIN",
    )


def test_nothing_else_is_shown_in_place(as_: Browser, add: Any, alice: Any) -> None:
    document = add("a.txt", b"words")

    assert as_(alice).get(f"{document.get_absolute_url()}/versions/1/preview").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("bob", 200), ("carol", 200), ("eve", 200), ("ada", 200), ("mallory", 404)]
)
def test_every_seat_downloads_and_nobody_else(
    as_: Browser, document: Document, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    browser = as_(request.getfixturevalue(who))

    assert [
        browser.get(f"{document.get_absolute_url()}{rest}").status_code
        for rest in ("", "/versions/1", "/versions/1/preview")
    ] == [status] * 3


def test_a_file_of_another_workspace_is_not_found(
    as_: Browser, document: Document, project: Any, rita: Any, carol: Any
) -> None:
    assert as_(carol).get(f"/w/{project.workspace.pk}/files/{document.number}/versions/1").status_code == 404
    assert as_(rita).get(f"{document.get_absolute_url()}/versions/1").status_code == 404


@pytest.mark.parametrize(
    "rest", ["/versions/2", "/versions/0", "/versions/99999999999999999999", "/versions/2/preview"]
)
def test_a_version_that_is_not_there_is_404(as_: Browser, document: Document, alice: Any, rest: str) -> None:
    assert as_(alice).get(f"{document.get_absolute_url()}{rest}").status_code == 404


def test_a_deleted_file_is_not_downloaded_until_it_is_restored(as_: Browser, document: Document, alice: Any) -> None:
    browser, address = as_(alice), document.get_absolute_url()

    gone = [browser.post(f"{address}/deletion").status_code, browser.get(f"{address}/versions/1").status_code]
    back = [browser.post(f"{address}/restoration").status_code, browser.get(f"{address}/versions/1").status_code]

    assert (gone, back) == ([302, 404], [302, 200])


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("alice", [422, 422, 302]),
        ("bob", [422, 422, 302]),
        ("carol", [422, 422, 403]),
        ("eve", [403, 403, 403]),
        ("ada", [422, 422, 302]),
        ("mallory", [404, 404, 404]),
    ],
)
def test_who_may_change_alices_file(
    as_: Browser, document: Document, who: str, expected: list[int], request: pytest.FixtureRequest
) -> None:
    browser = as_(request.getfixturevalue(who))

    assert [
        browser.post(f"{document.get_absolute_url()}/{noun}").status_code for noun in ("edit", "versions", "deletion")
    ] == expected


@pytest.mark.parametrize(
    ("who", "expected"), [("alice", 422), ("carol", 422), ("ada", 422), ("eve", 403), ("mallory", 404)]
)
@pytest.mark.parametrize("noun", ["files", "files/links"])
def test_who_may_add(
    as_: Browser, workspace: Any, noun: str, who: str, expected: int, request: pytest.FixtureRequest
) -> None:
    assert as_(request.getfixturevalue(who)).post(f"/w/{workspace.pk}/{noun}").status_code == expected


def test_what_was_handed_in_cannot_be_deleted(as_: Browser, document: Document, alice: Any, bob: Any) -> None:
    document.versions.update(locked_at=now())

    answers = [as_(who).post(f"{document.get_absolute_url()}/deletion") for who in (alice, bob)]

    assert [a.status_code for a in answers] == [403, 403]
    assert "has been handed in" in answers[0].content.decode()


@pytest.mark.parametrize("noun", ["edit", "versions", "deletion", "restoration"])
def test_nothing_is_written_while_the_workspace_is_frozen(
    as_: Browser, workspace: Any, document: Document, bob: Any, noun: str
) -> None:
    freeze_workspace(workspace, by=bob)

    assert as_(bob).post(f"{document.get_absolute_url()}/{noun}", {"files": an_upload()}).status_code == 403


def test_a_frozen_workspace_can_still_be_read(
    as_: Browser, workspace: Any, document: Document, alice: Any, bob: Any
) -> None:
    freeze_workspace(workspace, by=bob)
    browser = as_(alice)

    page = browser.get(f"/w/{workspace.pk}/files").content.decode()

    assert "This workspace is frozen." in page
    assert browser.post(f"/w/{workspace.pk}/files", {"files": an_upload()}).status_code == 403
    assert browser.get(f"{document.get_absolute_url()}/versions/1").status_code == 200
