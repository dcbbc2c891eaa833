"""Files in a bucket: the same names as on the disk, the same answers, nothing kept here."""

import os

import pytest

from superviseme.workspaces.files import storage
from superviseme.workspaces.files.storage import Missing, NoRoom
from tests.buckets import a_bucket, object_storage

from .conftest import PDF
from .test_storage import checked

__all__ = ["a_bucket", "object_storage"]  # fixtures


@pytest.fixture
def bucket(a_bucket, settings):
    settings.S3 = a_bucket("files")
    return settings.S3


def test_what_is_kept_is_read_again(bucket):
    stored = storage.keep(checked())
    with storage.open_bytes(stored.sha256) as file:
        assert (file.read(), storage.has(stored.sha256, stored.size)) == (PDF, True)


def test_nothing_stays_on_this_machine(bucket, settings):
    storage.keep(checked())
    assert [name for _, _, names in os.walk(settings.FILES_DIR) for name in names] == []


def test_the_same_bytes_are_one_object(bucket):
    from superviseme.web.buckets import Bucket

    first, second = storage.keep(checked()), storage.keep(checked())
    assert list(Bucket(**bucket).keys()) == [f"{first.sha256[:2]}/{first.sha256[2:4]}/{second.sha256}"]


def test_what_is_not_there_is_said(bucket):
    with pytest.raises(Missing):
        storage.open_bytes("0" * 64)


def test_a_storage_that_does_not_answer_keeps_nothing(settings):
    settings.S3 = {"name": "files", "endpoint": "http://127.0.0.1:9", "region": "", "key": "k", "secret": "s"}
    with pytest.raises(NoRoom):
        storage.keep(checked())


def test_a_download_comes_out_of_the_bucket(bucket, as_, alice, workspace):
    from superviseme.workspaces.files.actions import add_file

    document = add_file(workspace, stored=storage.keep(checked()), by=alice)
    answer = as_(alice).get(f"/w/{workspace.pk}/files/{document.number}/versions/1")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)
