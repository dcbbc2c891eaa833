"""Databases that a restore replaced: kept for a week, in case the restore was the mistake."""

from datetime import timedelta

from superviseme.ops.backup import place
from superviseme.web.time import now

KEPT = timedelta(days=7)


def prune_kept() -> list[str]:
    return place.engine().prune_kept(f"{now() - KEPT:%Y%m%d%H%M%S}")
