"""What bin/run, bin/test and the others share: the way from a fresh clone to something that can start.

Only the standard library.
Every step is skipped when what it is made from has not changed since.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
OLDEST_NODE = 18


class SetupError(Exception):
    """A sentence for the person at the keyboard, who can do something about it."""


# --- saying things ---------------------------------------------------------------------------------------------------


def say(text: str) -> None:
    print(text, flush=True)


@contextlib.contextmanager
def sentences():
    """Whatever a person can mend is told in one sentence, without a traceback."""
    try:
        yield
    except SetupError as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)


@contextlib.contextmanager
def timed(what: str):
    say(f"{what} …")
    start = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - start:.1f} s")


# --- running things --------------------------------------------------------------------------------------------------


def run(command: list, why_it_matters: str, env: dict | None = None) -> None:
    """Quietly, unless it fails: then everything it said, and the sentence."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as problem:
        raise SetupError(f"{why_it_matters}: {problem.strerror} ({command[0]}).") from None
    if done.returncode:
        sys.stderr.write(done.stdout)
        raise SetupError(f"{why_it_matters} (see above).")


def venv_program(name: str, venv: Path = VENV) -> Path:
    return venv / ("Scripts" if os.name == "nt" else "bin") / name


def venv_python() -> Path:
    return venv_program("python")


# --- only what changed -----------------------------------------------------------------------------------------------


def fingerprint(paths: list, *words: str) -> str:
    """One figure for the names and contents of files, and of all files below folders."""
    files = sorted(file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file())
    total = hashlib.sha256("\0".join(words).encode())
    for file in files:
        total.update(str(file.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


@contextlib.contextmanager
def unless_unchanged(stamp: Path, figure: str, result: Path = ROOT):
    """Yields whether there is work to do; the stamp is written only after the work went well."""
    if result.exists() and stamp.is_file() and stamp.read_text() == figure:
        yield False
        return
    stamp.unlink(missing_ok=True)
    yield True
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(figure)


@contextlib.contextmanager
def one_at_a_time():
    """Two set-ups in one folder wait for each other."""
    try:
        import fcntl  # not on every system, and without it two people simply should not start at once
    except ImportError:
        yield
        return
    with writable_file(BUILD / "setup.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def writable_file(path: Path):
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return open(path, "a")
    except OSError as problem:
        raise SetupError(f"The folder {path.parent} cannot be written to: {problem.strerror}.") from None


# --- Python packages -------------------------------------------------------------------------------------------------


def set_up_python(lock: str = "requirements.txt") -> None:
    """The virtual environment with exactly what the lock says. The development lock contains the other one."""
    _make_venv()
    stamps = {name: VENV / f".installed-{name}" for name in ("requirements.txt", "requirements-dev.txt")}
    figures = {name: fingerprint([ROOT / name]) for name in stamps}
    dev_stamp = stamps["requirements-dev.txt"]
    if lock == "requirements.txt" and dev_stamp.is_file() and dev_stamp.read_text() == figures["requirements-dev.txt"]:
        return
    with unless_unchanged(stamps[lock], figures[lock]) as work:
        if work:
            with timed(f"Installing the packages of {lock}"):
                _pip_install(VENV, lock)


def _make_venv() -> None:
    """One that is there is kept, unless its Python is gone or too old."""
    usable = [str(venv_python()), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    if venv_python().exists() and subprocess.run(usable, capture_output=True).returncode == 0:
        return
    with timed("Making the virtual environment .venv"):
        _new_venv(VENV)


def _new_venv(folder: Path) -> None:
    run(
        [sys.executable, "-m", "venv", "--clear", folder],
        "No virtual environment could be made; on Debian and Ubuntu 'apt-get install python3-venv' brings what is missing",
    )


def _pip_install(venv: Path, lock: str) -> None:
    run(
        [
            venv_program("python", venv),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            lock,
        ],
        f"The packages of {lock} could not be installed; a second try continues where this one stopped",
    )


# --- the front end ---------------------------------------------------------------------------------------------------


def build_front_end() -> None:
    """Style, script, icons and font into superviseme/static/built, then everything hashed and compressed into build/static;
    and the words of the other languages."""
    _compile_words()
    source = [ROOT / "superviseme" / "static" / "src", ROOT / "superviseme" / "templates", ROOT / "frontend"]
    code = sorted(path for path in (ROOT / "superviseme").rglob("*.py") if "migrations" not in path.parts)
    figure = fingerprint([*source, *code, ROOT / "package-lock.json"])
    built = ROOT / "superviseme" / "static" / "built"
    with unless_unchanged(BUILD / "front-end.stamp", figure, built) as work:
        if work:
            npm, environment = _npm()
            _install_front_end_packages(npm, environment)
            with timed("Building the front end"):
                run([_beside(npm, "node"), "frontend/build.mjs"], "The front end could not be built", environment)
    _collect_static()


def _compile_words() -> None:
    """The catalogues of translators (superviseme/locale/*/LC_MESSAGES/django.po) as the site reads them."""
    locale = ROOT / "superviseme" / "locale"
    catalogues = sorted(locale.glob("*/LC_MESSAGES/django.po"))
    with unless_unchanged(BUILD / "words.stamp", fingerprint(catalogues), catalogues[-1].with_suffix(".mo")) as work:
        if work:
            with timed("Compiling the words of the other languages"):
                command = [venv_program("pybabel"), "--quiet", "compile", "--domain=django", "--directory", locale]
                run(command, "The words of the other languages could not be compiled")


def _install_front_end_packages(npm: str, environment: dict) -> None:
    figure = fingerprint([ROOT / "package-lock.json", ROOT / "package.json"])
    with unless_unchanged(ROOT / "node_modules" / ".installed", figure) as work:
        if work:
            with timed("Installing the packages of package-lock.json"):
                command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
                run(command, "The packages of the front end could not be installed; a second try may do", environment)


def _npm() -> tuple[str, dict]:
    """The machine's npm if it is young enough, else the one from a Python package, kept beside the project."""
    npm = shutil.which("npm")
    if npm and _node_version(shutil.which("node")) >= OLDEST_NODE:
        return npm, dict(os.environ)
    venv = BUILD / "node"
    with unless_unchanged(venv / ".installed", fingerprint([ROOT / "requirements-node.txt"])) as work:
        if work:
            with timed("No Node.js here: installing it from requirements-node.txt into build/node"):
                _new_venv(venv)
                _pip_install(venv, "requirements-node.txt")
    path = str(venv_program("", venv)) + os.pathsep + os.environ.get("PATH", "")
    return str(venv_program("npm", venv)), dict(os.environ, PATH=path, NODE_USE_SYSTEM_CA="1")


def _node_version(node: str | None) -> int:
    if not node:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return int(said.strip().lstrip("v").split(".")[0]) if said.startswith("v") else 0


def _beside(npm: str, name: str) -> str:
    """npm may be a link into another folder; node stands where npm was found, else on the path."""
    neighbour = Path(npm).parent / name
    return str(neighbour) if neighbour.exists() else name


def _collect_static() -> None:
    sources = [path for path in (ROOT / "superviseme" / "static").iterdir() if path.name != "src"]
    figure = fingerprint([*sources, ROOT / "requirements.txt", ROOT / "superviseme" / "config" / "settings.py"])
    with unless_unchanged(BUILD / "static.stamp", figure, BUILD / "static") as work:
        if work:
            shutil.rmtree(BUILD / "static", ignore_errors=True)
            with timed("Hashing and compressing the static files"):
                command = [venv_python(), "manage.py", "collectstatic", "--noinput", "--verbosity=0", "--ignore=src"]
                run(command, "The static files could not be collected", neutral_environment("demo", "no-data"))


# What a site may say about itself, here or in its .env file. Said empty, it is as if not said at all.
SITE_SPECIFIC = (
    "ADMIN_BOOTSTRAP_PASSWORD ALLOWED_HOSTS BASE_URL DATABASE_URL ENABLE_SCHEDULER HOST MAIL_SERVER MAIL_USE_SSL"
    " MAIL_USE_TLS PG_HOST PORT ROLE SECRET_KEY SITE_TIME_ZONE TELEGRAM_BOT_TOKEN TRUSTED_PROXIES"
).split()


def neutral_environment(mode: str, folder: str) -> dict:
    """For commands whose result must not depend on the site: neither its secrets nor its data are within reach."""
    said = dict.fromkeys(SITE_SPECIFIC, "")
    return dict(os.environ, **said, SITE_MODE=mode, DATA_DIR=str(BUILD / folder))
