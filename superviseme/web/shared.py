"""What everybody sees alike and may be a little old: each process asks for it once in so many seconds."""

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_kept: dict[Hashable, tuple[float, Any]] = {}


def shared(seconds: float) -> Callable[[Callable[[], Answer]], Callable[[], Answer]]:
    """For functions that are asked nothing and whose answer nobody changes."""

    def mark(ask: Callable[[], Answer]) -> Callable[[], Answer]:
        @wraps(ask)
        def answer() -> Answer:
            until, kept = _kept.get(ask, (0.0, None))
            if time.monotonic() < until:
                return kept  # type: ignore[no-any-return]  # what `ask` gave
            found = ask()
            _kept[ask] = (time.monotonic() + seconds, found)
            return found

        return answer

    return mark


def forget() -> None:
    """Everything is asked anew."""
    _kept.clear()
