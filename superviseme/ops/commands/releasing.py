"""preflight, smoke, and what brings a release into service and back."""

import argparse
from functools import partial
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from superviseme.ops.checks import Finding, Probe, Report, Status
from superviseme.ops.exits import DONE
from superviseme.places import CODE, RELEASE, ROOT

from . import Commands, command, django, family


def add(commands: Commands) -> None:
    preflight = command(commands, "preflight", "whether a rollout may begin", _preflight)
    preflight.add_argument("--release", default="", metavar="NAME", help="this one too: its files and its receipt")
    key = family(commands, "key", "the key that signs sessions and links")
    command(key, "accept", "the key known before is lost: this one counts from now on", _accept_key)
    smoke = command(commands, "smoke", "walk through the site as every role, over HTTP", _smoke)
    smoke.add_argument("--url", default="", help="where the site answers (default: BASE_URL)")
    smoke.add_argument("--read-only", action="store_true", help="only what visitors see; needs no database")
    words = family(commands, "release", "releases installed here")
    _building(command(words, "build", "build the release of this checkout, without serving it", _build))
    command(words, "list", "the releases here, and which is current", _list)
    verify = command(words, "verify", "whether releases are as they were built", _verify)
    verify.add_argument("names", nargs="*", metavar="NAME", help="default: all of them")
    deploy = command(commands, "deploy", "bring a release into service; back by itself when it is not well", _deploy)
    deploy.add_argument("--release", default="", metavar="NAME", help="one that is here (default: build this checkout)")
    deploy.add_argument("--without-backup", action="store_true", help="for a site whose data can be lost")
    _building(deploy)
    command(commands, "rollback", "the release before, with its environment", _rollback)


def _building(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--without-receipt", action="store_true", help="although no run of bin/test vouches for it")
    parser.add_argument("--unclean", action="store_true", help="with changes that are in no commit")


def _preflight(chosen: argparse.Namespace, report: Report) -> int:
    try:
        django()
    except ImproperlyConfigured as problem:
        found = Finding(Status.REFUSED, str(problem), "docs/configuration.md")
        report.note(Probe("env.values", "2.4", "every name of the environment can be read", Finding), found)
        report.reason = str(problem) if report.as_json else ""
        return report.code
    from superviseme.ops.absent import look_without_making_one  # needs settings

    look_without_making_one(report)
    _first(report)
    if chosen.release:
        from superviseme.ops.releases.layout import Releases  # needs settings
        from superviseme.ops.releases.receipt import vouched

        release = Releases(_folder()).named(chosen.release)
        report.ask(
            Probe("release.receipt", "1.1", "the release was tested", lambda: Finding(measured=vouched(release)))
        )
    return report.code


def _first(report: Report, *, deploying: bool = False) -> None:
    """The checks before a rollout; also the first step of deploy."""
    from superviseme.ops import preflight  # needs settings

    report.ask(*preflight.probes(deploying=deploying))


def _accept_key(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.keys import remember_key  # needs settings

    remember_key()
    report.say("This key counts from now on. Everybody signs in anew; links in mails that are under way end nowhere.")
    return DONE


def _smoke(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.smoke.run import smoke  # needs settings

    return smoke(report, url=chosen.url, read_only=chosen.read_only)


def _build(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.releases.deploy import find_release  # need settings
    from superviseme.ops.releases.layout import Releases

    releases = Releases(_folder())
    with releases.locked():
        releases.prepare(ROOT)
        releases.sweep()
        release = find_release(releases, "", _source(), **_options(chosen))
    about = release.manifest
    report.say(
        f"Release {release.name}: wheel {about['wheel_sha256']}", release=release.name, wheel=about["wheel_sha256"]
    )
    return DONE


def _list(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.releases.layout import Releases  # needs settings

    releases = Releases(_folder())
    links = {r.name: word for word, r in (("previous", releases.previous), ("current", releases.current)) if r}
    for release in releases.all():
        report.say(f"{release.name} {links.get(release.name, '')}".rstrip())
    report.facts["releases"] = [{"name": r.name, "link": links.get(r.name, "")} for r in releases.all()]
    return DONE


def _verify(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.releases.layout import Releases  # needs settings

    releases = Releases(_folder())
    for release in [releases.named(name) for name in chosen.names] or releases.all():
        wrong = release.problems()
        found = Finding(Status.FAILED if wrong else Status.OK, ", ".join(wrong[:5]), "build it again")
        report.note(Probe("release.whole", "2.3", f"{release.name} is as it was built", lambda: Finding()), found)
    return report.code


def _deploy(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.releases.deploy import Deployment, find_release  # need settings
    from superviseme.ops.releases.layout import Releases
    from superviseme.ops.releases.saving import save

    releases = Releases(_folder())
    find = partial(find_release, releases, chosen.release, _source(), **_options(chosen))
    before = partial(save, releases, without=chosen.without_backup)
    return Deployment(report, releases, ROOT).deploy(find, before, partial(_first, deploying=True))


def _rollback(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.releases.deploy import Deployment  # need settings
    from superviseme.ops.releases.layout import Releases

    return Deployment(report, Releases(_folder()), ROOT).rollback()


def _folder() -> Path:
    from django.conf import settings  # only once they can be read

    return Path(settings.RELEASES_DIR)


def _source() -> Path | None:
    return None if RELEASE or not (CODE / "pyproject.toml").is_file() else CODE


def _options(chosen: argparse.Namespace) -> dict[str, bool]:
    return {"without_receipt": chosen.without_receipt, "unclean": chosen.unclean}
