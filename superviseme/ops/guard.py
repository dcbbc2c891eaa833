"""The fence of the scheduler's own jobs: passes while the lease is held and nobody asked to stop."""

import threading
from dataclasses import dataclass

from superviseme.web.fence import Fence, Halt

from . import maintenance
from .lease import Holding


class Stopping(Halt):
    """Asked to stop, or to pause for maintenance, between two pieces of work."""


@dataclass(frozen=True, kw_only=True)
class LeaseFence(Fence):
    holding: Holding
    stop: threading.Event

    def __call__(self) -> None:
        if self.stop.is_set() or maintenance.state():
            raise Stopping
        self.holding.beat()
