"""An end to asking other servers: when the time is over, every connection is shut down from beside, whatever is waited
for. A time limit of a socket holds for one read alone, and a server that sends a byte now and then never meets it."""

import contextlib
import socket
import threading
import time
from types import TracebackType
from typing import Self

TOO_LONG = "It takes too long."


class Deadline:
    def __init__(self, within: float):
        self.until = time.monotonic() + within
        self.is_over = False
        self._watched: list[socket.socket] = []
        self._timer = threading.Timer(within, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, at: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def left(self) -> float:
        """Seconds; TimeoutError when there are none."""
        seconds = self.until - time.monotonic()
        if self.is_over or seconds <= 0:
            raise TimeoutError(TOO_LONG)
        return seconds

    def watch(self, connection: socket.socket) -> None:
        """Shut down when the time is over; TimeoutError when it is over already. (The list first, so that none slips
        between the two. A socket that is wrapped for TLS is another one from then on and is watched again.)"""
        self._watched.append(connection)
        self.left()

    def _end(self) -> None:
        self.is_over = True
        for connection in list(self._watched):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
