"""Every name the environment may hold, what it means and what it may be: the table env.py reads by.

docs/configuration.md and .env.example are generated from it (`manage.py build_docs`).
"""

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Name:
    """`default` is used when the name is unset or empty; `shown` describes it where it is worked out."""

    name: str
    about: str
    kind: type = str  # str, int, bool or list (comma-separated)
    default: Any = ""
    secret: bool = False  # may also be given as NAME_FILE, and is never shown
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    shown: str = ""
    later: bool = False  # read by a part that is not there yet


def _secret(name: str, about: str, **more: Any) -> Name:
    return Name(name, about, secret=True, **more)


def _port(name: str, about: str, default: int) -> Name:
    return Name(name, about, int, default, least=1, most=65535)


GROUPS: dict[str, tuple[Name, ...]] = {
    "The site": (
        Name(
            "SITE_MODE",
            "production; demo makes its own key and may be seeded; test is for the tests",
            default="production",
            choices=("production", "demo", "test"),
        ),
        _secret(
            "SECRET_KEY", "signs sessions and links; production needs 50 characters or more, demo makes one in DATA_DIR"
        ),
        _secret("SECRET_KEY_FALLBACKS", "keys used before, comma-separated: what they signed still holds", kind=list),
        Name(
            "BASE_URL",
            "the address people type; https makes cookies Secure and turns HSTS on",
            shown="http://localhost:PORT",
        ),
        Name("SITE_NAME", "the name on every page and in every mail", default="SuperviseMe"),
        Name("SITE_TIME_ZONE", "for people who chose none, and for what runs by the calendar", default="Europe/Rome"),
        Name("DATA_DIR", "database, files and keys of a site on one machine", shown="data/ in the project"),
        Name("MAX_UPLOAD_BYTES", "the largest file a person may upload", int, 50 * 1024 * 1024, least=1024),
        Name(
            "SIGN_UP",
            "who may join by a sign-in provider: nobody (invited), all once approved, or those of the domains below at once",
            default="domains",
            choices=("invited", "approval", "domains"),
        ),
        Name(
            "SIGN_UP_DOMAINS",
            "these domains, separated by commas; an address of theirs counts once a provider or a mail has confirmed it",
            list,
            (),
        ),
        Name(
            "SECURITY_CONTACT",
            "who hears of weaknesses: a mail address or https link, shown in /.well-known/security.txt",
        ),
    ),
    "Serving": (
        Name(
            "ROLE",
            "what ./runbook serve starts when it is not told",
            default="all",
            choices=("web", "scheduler", "all"),
        ),
        Name(
            "ENABLE_SCHEDULER",
            "true only where the scheduler runs; a web process refuses it",
            bool,
            None,
            shown="true for serve all, else false",
        ),
        Name("HOST", "the address to listen on", default="127.0.0.1"),
        _port("PORT", "the port to listen on", 8080),
        Name("ALLOWED_HOSTS", "names the site answers to", list, None, shown="the host of BASE_URL and loopback"),
        Name("TRUSTED_PROXIES", "addresses or networks whose X-Forwarded-For and -Proto are believed", list, ()),
        Name("WEB_WORKERS", "web processes", int, 2, least=1, most=64),
        Name("WEB_THREADS", "threads of each", int, 4, least=1, most=64),
        Name(
            "LOG_FORMAT", "json, or lines for people", choices=("json", "text"), shown="json in production, else text"
        ),
    ),
    "Database": (
        _secret("DATABASE_URL", "postgresql://… or sqlite:///…", shown="SQLite in DATA_DIR"),
        Name("PG_HOST", "PostgreSQL, name by name, instead of DATABASE_URL"),
        _port("PG_PORT", "its port", 5432),
        Name("PG_DBNAME", "its database", default="superviseme"),
        Name("PG_USER", "its user", default="superviseme"),
        _secret("PG_PASSWORD", "its password"),
    ),
    "First accounts": (
        _secret("ADMIN_BOOTSTRAP_PASSWORD", "makes the first administrator when there is none; remove it afterwards"),
        Name("ADMIN_BOOTSTRAP_EMAIL", "whose address that administrator gets", default="admin@supervise.me"),
        Name("DEMO_DATA", "0: a demo site starts empty", bool, True),
        _secret("SEED_DEFAULT_PASSWORD", "password of the demonstration accounts (else random)"),
        _secret("SEED_ADMIN_PASSWORD", "the administrator's"),
        _secret("SEED_SUPERVISOR_PASSWORD", "the supervisors'"),
        _secret("SEED_STUDENT_PASSWORD", "the students'"),
        _secret("SEED_RESEARCHER_PASSWORD", "the researchers'"),
    ),
    "Mail": (
        Name("MAIL_SERVER", "SMTP host; without one, mail stays in the mailbox at /admin/outbox"),
        _port("MAIL_PORT", "its port", 587),
        Name("MAIL_USERNAME", "its user"),
        _secret("MAIL_PASSWORD", "its password"),
        Name(
            "MAIL_USE_TLS", "STARTTLS", bool, None, shown="true, but false for a loopback server or with MAIL_USE_SSL"
        ),
        Name("MAIL_USE_SSL", "TLS from the first byte (port 465)", bool, False),
        Name("MAIL_DEFAULT_SENDER", "who mail comes from", default="noreply@superviseme.local"),
    ),
    "Telegram": (
        _secret("TELEGRAM_BOT_TOKEN", "the bot's token"),
        Name("TELEGRAM_BOT_USERNAME", "the bot's name"),
        Name("TELEGRAM_API_BASE", "the part before /bot<token>", default="https://api.telegram.org"),
    ),
    "Sign-in elsewhere and publications": (
        Name("GOOGLE_CLIENT_ID", "sign-in with Google"),
        _secret("GOOGLE_CLIENT_SECRET", "its secret"),
        Name("ORCID_CLIENT_ID", "sign-in with ORCID"),
        _secret("ORCID_CLIENT_SECRET", "its secret"),
        Name("ORCID_SCOPE", "what ORCID is asked for besides who somebody is", default="/authenticate"),
        Name("ORCID_ISSUER", "who signs people in", default="https://orcid.org"),
        Name("ORCID_API_BASE", "where works are read, with the version", default="https://pub.orcid.org/v3.0"),
    ),
    "Operations": (
        Name("RELEASES_DIR", "where releases are installed", shown="releases/ in the project"),
        Name(
            "BACKUP_DIR",
            "where backups are kept; better on another disk than the data",
            shown="backups/ in DATA_DIR",
        ),
        Name("BACKUP_EVERY", "minutes between two backups by the scheduler; 0 for none", int, 15, least=0, most=10080),
        Name(
            "BACKUP_KEEP",
            "which verified backups stay",
            default="last=12,hourly=24,daily=14,weekly=8,monthly=12",
        ),
        Name("BACKUP_RECIPIENT", "the public key (age1…) that backups are encrypted to"),
        _secret("BACKUP_IDENTITY", "the private key that opens encrypted backups; only where they are restored"),
        Name("BACKUP_S3_BUCKET", "a bucket elsewhere that every backup is copied to"),
        Name("BACKUP_S3_ENDPOINT_URL", "its address"),
        Name("BACKUP_S3_REGION", "its region"),
        Name("BACKUP_S3_ACCESS_KEY_ID", "its user"),
        _secret("BACKUP_S3_SECRET_ACCESS_KEY", "its password"),
        _secret("METRICS_TOKEN", "opens /metrics to who sends it as a bearer token; unset, the address does not exist"),
        Name("S3_BUCKET", "object storage for files, instead of the disk: for several machines"),
        Name("S3_ENDPOINT_URL", "its address"),
        Name("S3_REGION", "its region"),
        Name("S3_ACCESS_KEY_ID", "its user"),
        _secret("S3_SECRET_ACCESS_KEY", "its password"),
    ),
    "For developers": (
        Name("DEVELOPMENT", "shows /styleguide and tracebacks; never where others can reach it", bool, False),
        Name("STRICT_TEMPLATES", "an undefined name in a template is an error", bool, None, shown="as DEVELOPMENT"),
    ),
}

NAMES: dict[str, Name] = {one.name: one for group in GROUPS.values() for one in group}
PATTERNS = (re.compile(r"OIDC_[A-Z0-9]+_(ISSUER|CLIENT_ID|CLIENT_SECRET|CLIENT_SECRET_FILE)"),)

# The predecessor's names: value -> what it is today, or None when it only deserves a warning.
OLD: dict[str, str] = {
    "FLASK_ENV": "SITE_MODE decides how careful the site is",
    "FLASK_SKIP_USER_INIT": "leave ADMIN_BOOTSTRAP_PASSWORD out instead",
    "DB_TYPE": "DATABASE_URL or PG_HOST decide",
    "SQLALCHEMY_DATABASE_URI": "set DATABASE_URL for a new database; the old one is read by manage.py import_predecessor and never written to",
    "USE_PROXY_FIX": "name the proxies in TRUSTED_PROXIES",
    "DEBUG": "DEVELOPMENT is for developers",
    "SKIP_DB_SEED": "the same as DEMO_DATA=0 when true",
}

KNOWN_KEYS = (
    "only-for-development-and-tests-never-served-in-production",
    "building-needs-no-secret",
    "your-secret-key",
    "change-me",
    "changeme",
    "replace-me",
    "secret-key",
    "django-insecure",
    "example",
)
