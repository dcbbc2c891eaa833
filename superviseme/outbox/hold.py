"""Nothing goes out while a file in DATA_DIR says so: after a restore the outbox is of yesterday, its letters may have gone.

The file lies outside the database, because the database is what was restored.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from superviseme.web.time import now

NAME = "outbox-held.json"


def hold(reason: str) -> None:
    """From now on letters wait; a hold that stands already keeps its reason."""
    if held() is not None:
        return
    said = json.dumps({"since": now().isoformat(timespec="seconds"), "reason": reason})
    beside = _path().with_name(f".{NAME}.{os.getpid()}")
    beside.write_text(said)
    os.replace(beside, _path())


def held() -> str | None:
    """Why letters wait; None when they do not."""
    try:
        text = _path().read_text()
    except FileNotFoundError:
        return None
    except OSError:
        return ""
    with suppress(ValueError, AttributeError):
        return str(json.loads(text).get("reason", ""))
    return ""


def release() -> None:
    with suppress(FileNotFoundError):
        _path().unlink()


def _path() -> Path:
    return Path(settings.DATA_DIR) / NAME
