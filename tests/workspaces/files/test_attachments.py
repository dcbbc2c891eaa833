"""Files hung on an update."""

from collections.abc import Callable
from typing import Any

import pytest

from superviseme.notifications.models import Notice
from superviseme.workspaces.models import Attachment, Document, Update

from .conftest import PDF, PNG, an_upload

Browser = Callable[..., Any]


def post(browser: Any, workspace: Any, *files: Any, htmx: bool = False, **fields: Any) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return browser.post(
        f"/w/{workspace.pk}/updates",
        {"kind": "progress", "text": "See the draft", "files": list(files), **fields},
        headers=headers,
    )


def test_files_of_an_update_are_documents_too(as_: Browser, workspace: Any, alice: Any) -> None:
    answer = post(as_(alice), workspace, an_upload("a.pdf"), an_upload("b.png", PNG), htmx=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert [a.version.filename for a in Update.objects.get().attachments.select_related("version")] == [
        "a.pdf",
        "b.png",
    ]
    assert [d.get_absolute_url() in page for d in Document.objects.all()] == [True, True]


def test_an_update_with_files_is_one_notice(as_: Browser, workspace: Any, alice: Any) -> None:
    post(as_(alice), workspace, an_upload("a.pdf"), an_upload("b.png", PNG))

    assert [(n.recipient.name, n.verb) for n in Notice.objects.order_by("recipient__name")] == [
        ("Bob", "update.posted"),
        ("Carol", "update.posted"),
    ]


@pytest.mark.parametrize("htmx", [True, False])
def test_a_file_that_lies_keeps_the_text(as_: Browser, workspace: Any, alice: Any, htmx: bool) -> None:
    answer = post(as_(alice), workspace, an_upload("a.pdf", PNG), htmx=htmx)

    assert (answer.status_code, "See the draft" in answer.content.decode()) == (422, True)
    assert (Update.objects.count(), Document.objects.count(), Attachment.objects.count()) == (0, 0, 0)


def test_six_files_are_too_many(as_: Browser, workspace: Any, alice: Any) -> None:
    assert post(as_(alice), workspace, *[an_upload(f"{n}.pdf") for n in range(6)]).status_code == 422


def test_pressing_twice_posts_once_but_another_file_is_another_update(as_: Browser, workspace: Any, alice: Any) -> None:
    for content in (PDF, PDF, PDF + b"other"):
        post(as_(alice), workspace, an_upload("a.pdf", content))

    assert (Update.objects.count(), Document.objects.count()) == (2, 2)


def test_somebody_who_may_not_post_stores_nothing(as_: Browser, workspace: Any, eve: Any, settings: Any) -> None:
    assert post(as_(eve), workspace, an_upload()).status_code == 403
    assert not settings.FILES_DIR.exists()
