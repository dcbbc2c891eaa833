"""A lane is a thread with a connection of its own that does one thing after the other: so that who waits for a slow
mail server need not wait in person. Lanes never touch the database."""

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from .smtp import Smtp


class Lane:
    def __init__(self) -> None:
        self.site = Smtp()
        self.since = time.monotonic()
        self._asked: queue.SimpleQueue[Callable[[], Any] | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()
        threading.Thread(target=self._work, daemon=True, name="post").start()

    def ask(self, call: Callable[..., None], *words: Any) -> None:
        self._asked.put(lambda: call(*words))

    def answer(self, patience: float) -> Exception | None:
        """What it raised, None when it went well. Raises `queue.Empty` while it is under way."""
        return self._answers.get(timeout=patience) if patience > 0 else self._answers.get_nowait()

    def end(self) -> None:
        """After what it is doing now."""
        self._asked.put(None)

    def _work(self) -> None:
        while (call := self._asked.get()) is not None:
            try:
                call()
            except Exception as problem:  # handed to who asked
                self._answers.put(problem)
            else:
                self._answers.put(None)
        self.site.close()
