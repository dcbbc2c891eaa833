"""What a job of the clock is given: may it go on, and for which of its times does it run."""

from dataclasses import dataclass
from datetime import datetime


class Halt(BaseException):
    """Raised by a fence. Not an Exception, so that no job takes it for its own trouble and goes on."""


@dataclass(frozen=True)
class Fence:
    """Called between two pieces of work; raises Halt when this process may not go on. This one always lets pass.

    `epoch` is None where no lease is held. `slot` is the time of the clock that is being served, None for a job that
    runs all the time; `late` says that it is served long after.
    """

    epoch: int | None = None
    slot: datetime | None = None
    late: bool = False

    def __call__(self) -> None:
        return

    def last_look(self) -> None:
        """Before what cannot be taken back: without asking anybody, because every moment counts."""


FREE = Fence()
