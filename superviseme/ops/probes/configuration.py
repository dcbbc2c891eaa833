"""The environment, the folders and the machine."""

import os
import shutil
import stat
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from superviseme.accounts.models import Person
from superviseme.ops.checks import Finding, Probe, Status
from superviseme.ops.exits import Stop
from superviseme.ops.operations import ROOT, log_file
from superviseme.ops.releases import judgement
from superviseme.ops.releases.layout import Releases
from superviseme.policy.roles import Role

OK = Finding()
FULL, NEARLY_FULL = 95, 85  # per cent of the disk
OTHERS = stat.S_IRWXG | stat.S_IRWXO
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _production() -> bool:
    return settings.SITE_MODE == "production"


def _private(path: Path, status: Status = Status.FAILED) -> Finding:
    if not path.exists():
        return Finding(measured="not there")
    mode = stat.S_IMODE(path.stat().st_mode)
    return Finding(status if mode & OTHERS else Status.OK, f"{mode:04o}", f"chmod 600 {path.name}")


def _data_dir() -> Finding:
    folder = Path(settings.DATA_DIR)
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(Status.FAILED, "cannot be written to")
    mode = stat.S_IMODE(folder.stat().st_mode)
    return Finding(Status.FAILED if mode & stat.S_IWOTH else Status.OK, f"{mode:04o}")


def _https() -> Finding:
    parts = urlsplit(settings.BASE_URL)
    plain = _production() and parts.scheme != "https" and parts.hostname not in LOOPBACK
    return Finding(Status.FAILED if plain else Status.OK, parts.scheme)


def _host() -> Finding:
    host = urlsplit(settings.BASE_URL).hostname
    known = any(host == name or (name[:1] == "." and f".{host}".endswith(name)) for name in settings.ALLOWED_HOSTS)
    return Finding(Status.OK if known else Status.FAILED, str(host))


def _any_host() -> Finding:
    return Finding(Status.FAILED, "*") if "*" in settings.ALLOWED_HOSTS else OK


def _bootstrap() -> Finding:
    still = bool(settings.ADMIN_BOOTSTRAP_PASSWORD) and Person.objects.active().with_role(Role.ADMIN).exists()
    return Finding(Status.WARNING, "still set") if still else OK


def _mail() -> Finding:
    return Finding(Status.WARNING, "not set") if _production() and not settings.MAIL_SERVER else OK


def _sender() -> Finding:
    invented = _production() and bool(settings.MAIL_SERVER) and settings.DEFAULT_FROM_EMAIL.endswith(".local")
    return Finding(Status.WARNING if invented else Status.OK, settings.DEFAULT_FROM_EMAIL)


def _development() -> Finding:
    return Finding(Status.FAILED, "on") if _production() and settings.DEBUG else OK


def _assets() -> Finding:
    return OK if settings.SITE_MODE == "test" or settings.STATIC_IS_BUILT else Finding(Status.FAILED, "not built")


def _disk() -> Finding:
    return _room(Path(settings.DATA_DIR))


def _room(folder: Path) -> Finding:
    disk = shutil.disk_usage(folder)
    used = round(100 * (disk.total - disk.free) / disk.total)
    status = Status.FAILED if used >= FULL else Status.WARNING if used >= NEARLY_FULL else Status.OK
    return Finding(status, f"{used} % used, {disk.free // 2**20} MiB free")


def _contact() -> Finding:
    return Finding(Status.WARNING, "not set") if _production() and not settings.SECURITY_CONTACT else OK


def _judged() -> Finding:
    """While somebody deploys, it is being judged."""
    releases = Releases(Path(settings.RELEASES_DIR))
    trial = judgement.standing(releases)
    if trial is None:
        return OK
    try:
        with releases.locked():
            return Finding(Status.FAILED, f"{trial.release} is not judged")
    except Stop:
        return Finding(measured="it is being judged")


PROBES: tuple[Probe, ...] = (
    Probe(
        "config.env_file_private",
        "2.4",
        "the .env file is readable by its owner alone",
        lambda: _private(ROOT / ".env"),
        "It was copied or edited with an open umask; it holds secrets.",
    ),
    Probe(
        "config.key_file_private",
        "7.3",
        "the key kept in DATA_DIR is readable by its owner alone",
        lambda: _private(Path(settings.DATA_DIR) / "secret_key"),
        "The folder was copied without its modes.",
    ),
    Probe(
        "config.demo_accounts_private",
        "7.3",
        "the demonstration's passwords are readable by their owner alone",
        lambda: _private(Path(settings.DATA_DIR) / "demo-accounts.txt"),
        "The folder was copied without its modes.",
    ),
    Probe(
        "config.operations_log_private",
        "7.3",
        "the operations log is readable by its owner alone",
        lambda: _private(log_file(), Status.WARNING),
        "It was moved or restored with an open umask.",
    ),
    Probe(
        "config.data_dir",
        "2.4",
        "DATA_DIR can be written by us and not by everybody",
        _data_dir,
        "The folder belongs to another user, or its mode is too wide.",
        "chown it to the user that serves, and chmod o-w",
    ),
    Probe(
        "config.https",
        "2.4",
        "people reach a production site by https",
        _https,
        "BASE_URL begins with http://, so cookies travel in the clear.",
        "put a proxy with TLS in front and set BASE_URL=https://…",
    ),
    Probe(
        "config.base_url_host",
        "2.4",
        "the host of BASE_URL is one the site answers to",
        _host,
        "ALLOWED_HOSTS was set without it, so links in mails end at 400.",
        "add it to ALLOWED_HOSTS, or leave that out",
    ),
    Probe(
        "config.hosts_named",
        "2.4",
        "ALLOWED_HOSTS names hosts and not everything",
        _any_host,
        "A * was set to make something work; links can then be forged by the Host header.",
        "name the hosts",
    ),
    Probe(
        "config.development_off",
        "2.4",
        "DEVELOPMENT is off in production",
        _development,
        "A developer's environment was copied; tracebacks are shown to strangers.",
        "remove DEVELOPMENT",
    ),
    Probe(
        "config.bootstrap_password",
        "7.2",
        "the bootstrap password is taken away once an administrator exists",
        _bootstrap,
        "ADMIN_BOOTSTRAP_PASSWORD was left in the environment; it is ignored and only waits to leak.",
        "remove ADMIN_BOOTSTRAP_PASSWORD from the environment",
    ),
    Probe(
        "config.mail_server",
        "1.2",
        "a production site sends mail",
        _mail,
        "MAIL_SERVER is not set, so letters stay in the mailbox at /admin/outbox.",
        "set MAIL_SERVER and the names beside it",
    ),
    Probe(
        "config.mail_sender",
        "1.2",
        "mail comes from an address that exists",
        _sender,
        "MAIL_DEFAULT_SENDER was left as it came; receivers refuse such senders.",
        "set MAIL_DEFAULT_SENDER",
    ),
    Probe(
        "config.security_contact",
        "",
        "somebody can be told of a weakness",
        _contact,
        "SECURITY_CONTACT is not set, so /.well-known/security.txt is not there.",
        "set SECURITY_CONTACT",
    ),
    Probe(
        "config.release_judged",
        "4.1",
        "the current release has passed its smoke test in public",
        _judged,
        "A deploy was cut off before it judged the release, and the one before could not be put back by itself.",
        "./runbook smoke; when it is green ./runbook deploy again, else ./runbook restore a backup of the release before",
    ),
    Probe(
        "config.assets",
        "3.2",
        "style and script are built",
        _assets,
        "The release was taken from a checkout without building.",
        "./runbook build",
    ),
    Probe(
        "disk.data",
        "2.4",
        f"the disk of DATA_DIR is less than {NEARLY_FULL} % full",
        _disk,
        "Uploads, backups or logs have grown.",
        "./runbook backup prune, move BACKUP_DIR to another disk, or give the disk more room",
    ),
)
