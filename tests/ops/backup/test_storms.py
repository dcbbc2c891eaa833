"""Kills, full disks and busy writers while backups are made: what has its final name is good, and nothing is missing."""

import os
import random
import signal
import subprocess
import time

import pytest
from django.db import connection

from superviseme.ops.backup import create as making
from superviseme.ops.backup import place
from superviseme.ops.backup.create import create
from superviseme.ops.backup.verify import verify
from superviseme.ops.exits import FAILED, Stop
from superviseme.workspaces.models import Document, FileVersion

from .filler import a_version

pytestmark = pytest.mark.django_db
LONG = os.environ.get("LONG") == "1"
KILLS, WRITTEN = (50, 20) if LONG else (5, 3)


def in_a_process(work) -> int:
    """A child of this process that does it; the number to end it by."""
    connection.close()
    child = os.fork()
    if child:
        return child
    try:
        work()
    finally:
        os._exit(0)


def test_killed_at_any_moment_it_leaves_nothing_that_looks_good(filled):
    chance, killed = random.Random(9), 0  # noqa: S311 - no secret
    start = time.monotonic()
    create()
    takes = time.monotonic() - start
    for _ in range(KILLS):
        child = in_a_process(create)
        time.sleep(chance.uniform(0, takes))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        assert [verify(folder).id for folder in place.folders()] == [folder.name for folder in place.folders()]
    create()
    left = [path.name for path in place.root().iterdir() if path.name.startswith(".") and path.name != ".lock"]
    print(f"{killed} of {KILLS} killed under way, {len(place.folders())} backups, all good")
    assert (left, killed > 0) == ([], True)


def test_every_file_of_a_busy_writer_is_there_or_not_named(filled):
    document, author = Document.objects.first(), FileVersion.objects.first().uploaded_by
    before = FileVersion.objects.count()

    def write_on():
        while True:
            a_version(document, os.urandom(3000), author)
            time.sleep(0.02)  # else every backup takes longer than the one before it, and none ends

    writer = in_a_process(write_on)
    try:
        made = [create() for _ in range(WRITTEN)]
    finally:
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
    for one in made:
        assert (verify(place.named(one.id), deep=True).missing, one.files["count"] >= before - 1) == ([], True)
    written = FileVersion.objects.count() - before
    print(f"{len(made)} backups while {written} files were uploaded: none missing")
    assert written > 0


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_leaves_the_older_ones_and_nothing_half(filled, monkeypatch):
    place.root().mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place.root())], check=True)
    try:
        monkeypatch.setattr(making, "SPARE", -(1 << 40))  # as if somebody else filled the disk meanwhile
        good = create()
        version = FileVersion.objects.first()
        a_version(version.document, os.urandom(5_000_000), version.uploaded_by)
        connection.close()
        with pytest.raises(Stop) as stop:
            create()
        left = sorted(path.name for path in place.root().iterdir())
        assert (stop.value.code, left) == (FAILED, [".lock", good.id, f"{good.id}.verified"])
        assert verify(place.named(good.id)).id == good.id
    finally:
        subprocess.run(["umount", str(place.root())], check=True)
