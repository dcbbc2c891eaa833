"""Content that no version and no person's picture names any more: noticed, left alone for a day, then removed.

It is noticed by an empty file in `unnamed/`, and goes a day later unless it was touched since: an upload of the same
content touches what it finds before its row exists, and a backup begun before a purge finds all that it names.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings

from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now

from ..room.models import Workspace
from .named import named_among
from .storage import path_of

GRACE = timedelta(hours=24)
AT_ONCE = 500


def sweep(fence: Fence = FREE) -> int:
    """Returns how many were removed. None goes while there is no workspace at all: then it is the database that is missing."""
    if not Workspace.objects.exists():
        return 0
    _tidy()
    removed, places = 0, _contents()
    while batch := list(islice(places, AT_ONCE)):
        fence()
        named = named_among([place.name for place in batch])
        for place in batch:
            if place.name in named:
                _mark(place.name).unlink(missing_ok=True)
            else:
                removed += _leave(place)
    return removed


def _tidy() -> None:
    """After a power cut: what was put aside goes back, half an upload goes away."""
    for aside in _folder().glob("*.leaving"):
        _put_back(aside, path_of(aside.stem))
    for half in (Path(settings.FILES_DIR) / "incoming").glob("*"):
        if _is_old(half):
            half.unlink(missing_ok=True)


def _contents() -> Iterator[Path]:
    return Path(settings.FILES_DIR).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/" + "[0-9a-f]" * 64)


def _leave(place: Path) -> bool:
    """Noticed the first time, removed a day later."""
    mark = _mark(place.name)
    if not mark.exists():
        mark.parent.mkdir(exist_ok=True)
        mark.touch()
        os.utime(mark, (now().timestamp(), now().timestamp()))
        return False
    return _is_old(mark) and _is_old(place) and _remove(place, mark)


def _remove(place: Path, mark: Path) -> bool:
    """Put aside first, so that an upload that found it a moment ago shows, and one that comes now writes it anew."""
    aside = _folder() / f"{place.name}.leaving"
    os.replace(place, aside)
    if not _is_old(aside) or named_among([place.name]):
        _put_back(aside, place)
        return False
    aside.unlink()
    mark.unlink(missing_ok=True)
    return True


def _put_back(aside: Path, place: Path) -> None:
    if place.exists():
        aside.unlink()
    else:
        os.replace(aside, place)


def _is_old(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < (now() - GRACE).timestamp()
    return False


def _mark(name: str) -> Path:
    return _folder() / name


def _folder() -> Path:
    return Path(settings.FILES_DIR) / "unnamed"
