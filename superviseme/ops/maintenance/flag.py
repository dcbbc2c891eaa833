"""The flag: a file whose presence closes the site for every process that sees this DATA_DIR, at once."""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from superviseme.web.time import now

NAME = "maintenance.json"
LASTS = timedelta(hours=1)  # when people are told to come back, unless somebody said otherwise
TOO_LONG = timedelta(minutes=30)  # after that somebody may have forgotten it


@dataclass(frozen=True)
class Maintenance:
    since: datetime
    reason: str
    by: str
    until: datetime  # expected, not promised
    number: str  # of this maintenance: passes are good for one only

    @property
    def is_long(self) -> bool:
        return now() - self.since > TOO_LONG


def state() -> Maintenance | None:
    """What stands, asked of the disk every time. A flag that cannot be read stands as well."""
    try:
        text = path().read_text()
    except FileNotFoundError:
        return None
    except OSError:
        text = ""
    return _read(text)


def put(*, reason: str, by: str, until: datetime | None = None) -> tuple[Maintenance, bool]:
    """Close the site; whether it was this call that did. One that stands already is left as it is."""
    standing = state()
    if standing:
        return standing, False
    moment = now()
    made = Maintenance(moment, reason, by, until or moment + LASTS, secrets.token_hex(8))
    beside = path().with_name(f".{NAME}.{os.getpid()}")
    path().parent.mkdir(parents=True, exist_ok=True)
    with open(beside, "w") as file:
        file.write(json.dumps(asdict(made), default=str))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path())
    return made, True


def take_away() -> bool:
    """Open the site; whether it was closed."""
    with suppress(FileNotFoundError):
        path().unlink()
        return True
    return False


def path() -> Path:
    return Path(settings.DATA_DIR) / NAME


def _read(text: str) -> Maintenance:
    said: dict[str, Any] = {}
    with suppress(ValueError):
        said = dict(json.loads(text))
    since, until = _moment(said.get("since")), _moment(said.get("until"))
    begun = since or now()
    return Maintenance(
        begun, str(said.get("reason", "")), str(said.get("by", "")), until or begun + LASTS, str(said.get("number", ""))
    )


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None
