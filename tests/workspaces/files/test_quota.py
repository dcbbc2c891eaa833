"""Files have as much room as the settings leave: what is too much is refused before it is kept, and nothing is lost."""

from hashlib import sha256

import pytest

from superviseme.ops.settings.actions import change_settings
from superviseme.site.table import MEGABYTE
from superviseme.workspaces.files import actions, storage
from superviseme.workspaces.files.kinds import check
from superviseme.workspaces.files.quota import Full, taken, taken_by
from superviseme.workspaces.models import Document, FileVersion, Update
from tests import people
from tests.api.conftest import secret_of

from .conftest import PDF, an_upload


def large(letter: str = "a", size: int = 600_000) -> bytes:
    return PDF + letter.encode() * (size - len(PDF))


@pytest.fixture
def quota(ada):
    """`quota(workspace_bytes=1)`: in megabytes."""

    def choose(**most: int) -> None:
        change_settings(group="keeping", values={name: n * MEGABYTE for name, n in most.items()}, by=ada)

    return choose


def send(browser, workspace, *contents: bytes):
    files = [an_upload(f"{n}.pdf", content) for n, content in enumerate(contents)]
    return browser.post(f"/w/{workspace.pk}/files", {"files": files, "category": "Draft"})


def test_without_a_limit_there_is_none(as_, alice, workspace):
    assert send(as_(alice), workspace, large("a"), large("b"), large("c")).status_code == 302


def test_what_is_too_much_for_the_thesis_is_refused_and_said_beside_the_form(as_, alice, workspace, quota):
    quota(workspace_bytes=1)
    send(as_(alice), workspace, large("a"))
    answer = send(as_(alice), workspace, large("b"))
    assert (answer.status_code, Document.objects.count()) == (422, 1)
    assert "may have 1.0\xa0MB together, 438.1\xa0KB are left, and this has 585.9\xa0KB" in answer.text
    assert 'value="Draft"' in answer.text
    assert not storage.has(sha256(large("b")).hexdigest(), 600_000)


def test_of_several_files_all_go_in_or_none(as_, alice, workspace, quota):
    quota(workspace_bytes=1)
    assert send(as_(alice), workspace, large("a"), large("b")).status_code == 422
    assert not Document.objects.exists()


def test_every_version_counts_and_so_does_what_was_deleted(as_, alice, workspace, quota, add):
    quota(workspace_bytes=1)
    document = add(content=large("a"))
    answer = as_(alice).post(document.get_absolute_url() + "/versions", {"files": an_upload(content=large("b"))})
    assert (answer.status_code, FileVersion.objects.count()) == (422, 1)
    actions.delete_document(document, by=alice)
    assert send(as_(alice), workspace, large("c")).status_code == 422


def test_another_thesis_has_room_of_its_own(as_, alice, bob, workspace, quota, add):
    quota(workspace_bytes=1)
    add(content=large("a"))
    other = people.a_thesis(title="Other", author=alice, supervisor=bob).workspace
    assert send(as_(alice), other, large("b")).status_code == 302


def test_the_site_counts_the_same_bytes_once(as_, alice, bob, workspace, quota, add):
    other = people.a_thesis(title="Other", author=alice, supervisor=bob).workspace
    add(content=large("a")), add(content=large("a"), into=other)
    assert (taken(), taken_by(workspace), taken_by(other)) == (600_000, 600_000, 600_000)
    quota(site_bytes=1)
    answer = send(as_(alice), workspace, large("b"))
    assert (answer.status_code, "The site has no room left for files." in answer.text) == (422, True)


def test_an_update_whose_files_have_no_room_comes_back_with_its_words(as_, alice, workspace, quota):
    quota(workspace_bytes=1)
    said = {"kind": "progress", "text": "Look at both", "files": [an_upload("a.pdf", large("a", 1_100_000))]}
    answer = as_(alice).post(f"/w/{workspace.pk}/updates", said)
    assert (answer.status_code, Update.objects.count(), "Look at both" in answer.text) == (422, 0, True)
    assert "1.0\xa0MB are left" in answer.text


def test_programs_are_told_so_too(client, alice, workspace, quota, document):
    quota(workspace_bytes=1)
    shown = {"Authorization": f"Bearer {secret_of(alice)}"}
    for place in ("files", "files/1/versions"):
        where = f"/api/v1/workspaces/{workspace.pk}/{place}"
        answer = client.post(where, {"files": an_upload(content=large("a", 1_100_000))}, headers=shown)
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["files"])
    assert FileVersion.objects.count() == 1


def test_two_at_once_do_not_share_the_last_room(alice, workspace, quota, add):
    quota(workspace_bytes=1)
    stored = storage.keep(check(an_upload("b.pdf", large("b")), most=MEGABYTE))
    add(content=large("a"))
    with pytest.raises(Full):
        actions.add_file(workspace, stored=stored, by=alice)


def test_a_limit_below_what_is_there_takes_nothing_away(as_, alice, workspace, quota, add):
    add(content=large("a")), add(content=large("b"))
    quota(workspace_bytes=1)
    page = as_(alice).get(f"/w/{workspace.pk}/files").text
    assert ("of which 0\xa0bytes are left" in page, Document.objects.live().count()) == (True, 2)


def test_the_settings_say_how_much_is_taken(as_, ada, add):
    add(content=large("a"))
    assert "take 585.9\xa0KB at present" in as_(ada).get("/admin/settings/keeping").text
