"""Reads the environment by the table in names.py: typed, from NAME_FILE for secrets, loudly when something is wrong."""

import difflib
import ipaddress
import os
import secrets
import warnings
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from dotenv import dotenv_values

from .names import GROUPS, KNOWN_KEYS, NAMES, OLD, PATTERNS, Name

SHORTEST_KEY, FEWEST_CHARACTERS = 50, 10
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


class Misconfigured(ImproperlyConfigured):
    """One sentence about what the environment says and what would be right. Never holds a secret."""


class Environment:
    """`environment("PORT")` is the value of a name of the table, in its type."""

    groups, old = GROUPS, OLD  # the tables, for whoever writes them down

    def __init__(self, values: Mapping[str, str] | None = None, *, file: Path | None = None):
        self.values = {**_from_file(file), **(os.environ if values is None else values)}
        for old, advice in OLD.items():
            if self.values.get(old):
                warnings.warn(f"{old} is a name of the predecessor: {advice}.", stacklevel=2)

    def __call__(self, name: str) -> Any:
        entry = NAMES[name]
        text = self.text(entry)
        return entry.default if text == "" else _typed(entry, text)

    def given(self, name: str) -> bool:
        return self.text(NAMES[name]) != ""

    def text(self, entry: Name) -> str:
        """What stands there as it was written, "" for nothing; a secret may stand in a file."""
        text = self.values.get(entry.name, "").strip()
        path = self.values.get(f"{entry.name}_FILE", "") if entry.secret else ""
        if not path:
            return text
        if text:
            raise Misconfigured(f"{entry.name} and {entry.name}_FILE are both set; keep one.")
        try:
            return Path(path).read_text().strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise Misconfigured(
                f"{entry.name}_FILE names {path}, which cannot be read: {getattr(problem, 'strerror', 'not text')}."
            ) from None


def _typed(entry: Name, text: str) -> Any:
    if entry.choices and text not in entry.choices:
        raise Misconfigured(f"{entry.name} is «{text}»; it may be {', '.join(entry.choices)}.")
    if entry.kind is bool:
        return _flag(entry, text)
    if entry.kind is int:
        return _number(entry, text)
    if entry.kind is list:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _flag(entry: Name, text: str) -> bool:
    if text.lower() not in TRUE + FALSE:
        raise Misconfigured(f"{entry.name} is «{text}»; it may be true or false.")
    return text.lower() in TRUE


def _number(entry: Name, text: str) -> int:
    number = int(text) if text.isascii() and text.lstrip("-").isdigit() else None
    if (
        number is None
        or (entry.least is not None and number < entry.least)
        or (entry.most is not None and number > entry.most)
    ):
        limits = (
            f" from {entry.least}" + (f" to {entry.most}" if entry.most is not None else "")
            if entry.least is not None
            else ""
        )
        raise Misconfigured(f"{entry.name} is «{text}»; it must be a whole number{limits}.")
    return number


def _from_file(path: Path | None) -> dict[str, str]:
    """The .env file: unknown names there are mistakes, for nobody else writes into it."""
    if path is None or not path.is_file():
        return {}
    found = {name: value or "" for name, value in dotenv_values(path, interpolate=False).items()}
    for name in found:
        if not _known(name):
            near = difflib.get_close_matches(name, [*NAMES, *OLD], n=1)
            hint = f" Did you mean {near[0]}?" if near else " docs/configuration.md lists what there is."
            raise Misconfigured(f"The file {path.name} sets {name}, which nothing here reads.{hint}")
    return found


def _known(name: str) -> bool:
    base = name.removesuffix("_FILE")
    secret_file = name.endswith("_FILE") and base in NAMES and NAMES[base].secret
    return name in NAMES or name in OLD or secret_file or any(p.fullmatch(name) for p in PATTERNS)


# --- values worked out from several names ----------------------------------------------------------------------------


def secret_key(environment: Environment, mode: str, data_dir: Path) -> str:
    """Production takes only a good key; demo makes one and keeps it; tests have a fixed one."""
    key = environment("SECRET_KEY")
    if mode == "production":
        problem = key_problem(key)
        if problem:
            raise Misconfigured(
                f"SECRET_KEY {problem}: set one of {SHORTEST_KEY} random characters or more, for example from «openssl rand -hex 32»."
            )
        return key
    if key:
        return key
    return KNOWN_KEYS[0] if mode == "test" else _kept_key(data_dir / "secret_key")


def key_problem(key: str) -> str:
    """What is wrong with a key, without showing it; "" when nothing is."""
    if not key:
        return "is missing"
    if any(known in key.lower() for known in KNOWN_KEYS):
        return "is a sample that everybody knows"
    if len(key) < SHORTEST_KEY:
        return "is too short"
    if len(set(key)) < FEWEST_CHARACTERS or key in (key * 2)[1:-1]:  # the latter: a shorter text, again and again
        return "repeats too few characters"
    return ""


def _kept_key(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f".secret_key.{os.getpid()}.{secrets.token_hex(4)}")
        if not path.exists():
            with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(60))
            _link_once(made, path)
        return path.read_text().strip()
    except OSError as problem:
        raise Misconfigured(f"DATA_DIR {path.parent} cannot be written to: {problem.strerror}.") from None


def _link_once(made: Path, path: Path) -> None:
    """Two processes that start together agree on one key: the first link wins."""
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink(missing_ok=True)


def database_url(environment: Environment, data_dir: Path) -> str:
    url = environment("DATABASE_URL")
    parts = _pg_url(environment) if environment("PG_HOST") else ""
    if url and parts and _place(url) != _place(parts):
        raise Misconfigured("DATABASE_URL and PG_HOST name different databases; keep one of them.")
    return url or parts or f"sqlite:///{data_dir / 'superviseme.sqlite3'}"


SILENCE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2, "tcp_user_timeout": 10_000}
"""A network that swallows packets ends nothing; after so long (seconds, and milliseconds) a connection counts as broken."""
SCHEDULER_CONNECTIONS = 12  # one for each lane of ops/clock.py, one for the lease, some to spare; a test compares


def database(environment: Environment, mode: str, data_dir: Path) -> dict[str, Any]:
    """Django's settings for it; docs/decisions/sqlite.md says why these."""
    found = parse_database(database_url(environment, data_dir))
    if found["ENGINE"].endswith("sqlite3"):
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        return {
            **found,
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        }
    found["OPTIONS"] = {**found.get("OPTIONS", {}), "connect_timeout": 2, **SILENCE}
    if mode != "test":  # a pool is a process's own; waiting for a connection must be shorter than /health may take
        size = max(environment("WEB_THREADS") + 1, SCHEDULER_CONNECTIONS)
        found |= {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 0}
        found["OPTIONS"]["pool"] = {"min_size": 1, "max_size": size, "timeout": 2}
    return found


def _pg_url(environment: Environment) -> str:
    user, password, host, name = (
        quote(environment(n), safe="") for n in ("PG_USER", "PG_PASSWORD", "PG_HOST", "PG_DBNAME")
    )
    return f"postgresql://{user}{':' + password if password else ''}@{host}:{environment('PG_PORT')}/{name}"


def _place(url: str) -> tuple[str, ...]:
    found = parse_database(url)
    host = "localhost" if found.get("HOST") in ("", *LOOPBACK) else found.get("HOST")
    return found["ENGINE"], str(host), str(found.get("PORT") or 5432), str(found["NAME"])


def parse_database(url: str) -> dict[str, Any]:
    try:
        found = dict(dj_database_url.parse(url))
    except ValueError:
        raise Misconfigured(
            "DATABASE_URL cannot be read; it looks like postgresql://user:password@host:5432/name or sqlite:////path/file."
        ) from None
    if not str(found.get("ENGINE", "")).endswith(("sqlite3", "postgresql")):
        raise Misconfigured("DATABASE_URL names another kind of database; SQLite and PostgreSQL are served.")
    return found


def base_url(environment: Environment) -> str:
    url = (environment("BASE_URL") or f"http://localhost:{environment('PORT')}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise Misconfigured(f"BASE_URL is «{url}»; it looks like https://theses.example.edu, without a path.")
    return url


def allowed_hosts(environment: Environment, url: str) -> list[str]:
    return environment("ALLOWED_HOSTS") or list(
        dict.fromkeys([urlsplit(url).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"])
    )


def networks(environment: Environment) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    try:
        return [ipaddress.ip_network(text, strict=False) for text in environment("TRUSTED_PROXIES")]
    except ValueError as problem:
        raise Misconfigured(f"TRUSTED_PROXIES: {problem}.") from None


def time_zone(environment: Environment) -> str:
    name = environment("SITE_TIME_ZONE")
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise Misconfigured(f"SITE_TIME_ZONE is «{name}»; it is a name such as Europe/Rome.") from None
    return name


def is_on_this_machine(address: str) -> bool:
    try:
        return urlsplit(address).hostname in LOOPBACK
    except ValueError:
        return False


def mail_server(environment: Environment, mode: str) -> str:
    server = environment("MAIL_SERVER")
    if server and mode == "demo" and server not in LOOPBACK:
        raise Misconfigured(
            f"MAIL_SERVER is {server}, but a demonstration site sends mail to this machine only: leave it out, or use localhost."
        )
    return server


def secrets_in(environment: Environment) -> list[str]:
    """The values that must never be seen in a log."""
    said = [environment(name) for name, entry in NAMES.items() if entry.secret]
    each = [value for one in said for value in (one if isinstance(one, list) else [one])]
    return [value for value in each if len(value or "") >= 6]


def mail_uses_tls(environment: Environment) -> bool:
    if environment("MAIL_USE_TLS") is not None:
        if environment("MAIL_USE_TLS") and environment("MAIL_USE_SSL"):
            raise Misconfigured("MAIL_USE_TLS and MAIL_USE_SSL are both true; choose one.")
        return environment("MAIL_USE_TLS")
    return not environment("MAIL_USE_SSL") and environment("MAIL_SERVER") not in LOOPBACK


def bucket(environment: Environment, *names: str) -> dict[str, str]:
    """Five names as what opens a bucket."""
    return {
        part: environment(name)
        for part, name in zip(("name", "endpoint", "region", "key", "secret"), names, strict=True)
    }
