"""maintenance on, off, status."""

import argparse
from contextlib import suppress
from datetime import timedelta

from superviseme.ops.checks import Report
from superviseme.ops.exits import DONE, REFUSED, USAGE, Stop
from superviseme.ops.operations import who

from . import Commands, command, django, family


def add(commands: Commands) -> None:
    words = family(commands, "maintenance", "close the site to people, and open it again")
    on = command(words, "on", "close the site: 503 for all but operators; the scheduler pauses", _on)
    on.add_argument("--reason", default="", help="for the operations log and the other operators")
    on.add_argument("--minutes", type=int, default=60, help="when people are told to come back")
    off = command(words, "off", "open the site again, after the smoke test", _off)
    off.add_argument("--force", action="store_true", help="open without the smoke test")
    off.add_argument("--url", default="", help="where the site answers (default: BASE_URL)")
    command(words, "status", "whether it is closed, since when, by whom", _status)


def _on(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.maintenance import door, flag  # need settings
    from superviseme.web.time import now

    if not 1 <= chosen.minutes <= 10_000:
        raise Stop("--minutes is a whole number from 1 to 10000.", USAGE)
    until = now() + timedelta(minutes=chosen.minutes)
    standing, made = flag.put(reason=chosen.reason, by=who(), until=until)
    report.say("The site is closed." if made else f"The site was closed already, since {standing.since:%H:%M} UTC.")
    report.say(f"Operators get in with {door.link(standing)}", **_facts(standing))
    report.facts |= {"link": door.link(standing), "pass": door.passing(standing)}
    return DONE


def _off(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.maintenance import flag  # need settings
    from superviseme.ops.smoke.run import smoke

    if flag.state() and not chosen.force and smoke(report, url=chosen.url):
        raise Stop(
            "The smoke test fails, so the site stays closed: mend it, or open it all the same with --force.", REFUSED
        )
    _say_what_is_held(report)
    opened = flag.take_away()
    report.say("The site is open." if opened else "The site was open already.", maintenance=False)
    return DONE


def _say_what_is_held(report: Report) -> None:
    """After a restore the new database says so as well, before a scheduler of any machine looks at it."""
    from django.db import DatabaseError, InterfaceError

    from superviseme.outbox import hold  # needs settings

    with suppress(DatabaseError, InterfaceError):  # the file in DATA_DIR holds all the same
        hold.settle()
        if held := hold.standing():
            report.say(f"Letters are held ({held.reason}): ./runbook scheduler resume", held=held.reason)


def _status(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.maintenance import flag  # needs settings

    standing = flag.state()
    if standing is None:
        report.say("The site is open.", maintenance=False)
        return DONE
    about = f" by {standing.by}" + (f": {standing.reason}" if standing.reason else "")
    report.say(f"The site is closed since {standing.since:%Y-%m-%d %H:%M} UTC{about}.", **_facts(standing))
    return DONE


def _facts(standing: object) -> dict[str, object]:
    names = ("since", "until", "by", "reason")
    return {"maintenance": True, **{name: getattr(standing, name) for name in names}}
