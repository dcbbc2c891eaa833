"""Settings of gunicorn that are code: a signal that reaches a worker while it is being born waits for it.

Without this, a stop asked for in the first second finds a worker that has no ears yet, and takes as long as the
longest request may.
"""

import os
import signal
from contextlib import suppress
from typing import Any

from prometheus_client import multiprocess

HELD = {signal.SIGTERM, signal.SIGINT, signal.SIGQUIT}

os.register_at_fork(
    before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, HELD),
    after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD),
)


def post_worker_init(worker: Any) -> None:
    """The worker listens to signals now: those that came meanwhile are delivered. A keeper is told that it accepts."""
    pipe = os.environ.get("SUPERVISEME_READY", "")
    if pipe:
        with suppress(OSError):
            os.write(int(pipe), b"+")
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD)


def child_exit(server: Any, worker: Any) -> None:
    """What it counted stays counted."""
    multiprocess.mark_process_dead(worker.pid)
