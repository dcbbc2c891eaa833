"""How often a token may ask: counted in memory, so that reading costs no write; each web process counts by itself."""

import threading
import time

from django.utils.translation import gettext as _

from superviseme.web.answers import TooOften

PER_MINUTE = 300
_counts: dict[int, tuple[float, int]] = {}  # token: (when its minute began, requests since)
_lock = threading.Lock()


def count(token: int) -> None:
    """Raises TooOften beyond PER_MINUTE."""
    moment = time.monotonic()
    with _lock:
        began, times = _counts.get(token, (moment, 0))
        if moment - began >= 60:
            began, times = moment, 0
        _counts[token] = (began, times + 1)
        if len(_counts) > 10_000:
            _forget(moment)
    if times >= PER_MINUTE:
        raise TooOften(_("A token may ask %(n)s times a minute.") % {"n": PER_MINUTE}, int(60 - (moment - began)) + 1)


def _forget(moment: float) -> None:
    for token in [token for token, (began, _times) in _counts.items() if moment - began >= 60]:
        del _counts[token]
