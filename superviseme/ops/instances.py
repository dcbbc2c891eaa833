"""Which schedulers there are: each writes that it lives, by the database's clock."""

import os
import socket
from datetime import timedelta

from django.db.models.functions import Now

from .models import Instance

SILENT_AFTER = timedelta(seconds=30)
FORGOTTEN_AFTER = timedelta(days=1)


def beat(name: str, *, epoch: int | None = None) -> None:
    """`epoch` while it leads. The first time it is added, and those that died long ago are dropped."""
    if Instance.objects.filter(name=name).update(beat_at=Now(), epoch=epoch):
        return
    Instance.objects.filter(beat_at__lt=Now() - FORGOTTEN_AFTER).delete()
    host = socket.gethostname()[:80]
    Instance.objects.create(name=name, host=host, pid=os.getpid(), epoch=epoch, started_at=Now(), beat_at=Now())


def leave(name: str) -> None:
    Instance.objects.filter(name=name).delete()
