"""incident: write down what went wrong, and who follows it up."""

import argparse
from pathlib import Path

from superviseme.ops import incidents
from superviseme.ops.checks import Report
from superviseme.ops.exits import DONE, NEEDS_A_PERSON, USAGE, Stop

from . import Commands, command


def add(commands: Commands) -> None:
    incident = command(commands, "incident", "write down what went wrong, from the operations log", _incident)
    incident.add_argument("--version", default="", help="the release that failed (default: of the last failed deploy)")
    incident.add_argument("--symptom", default="", help="what was seen (default: the checks that failed)")
    incident.add_argument("--rolled-back", default="", help="when (default: from the operations log)")
    incident.add_argument("--owner", default="", help="who follows it up")
    incident.add_argument("--of", metavar="FILE", help="give a page that is there to --owner")
    incident.add_argument("--list", action="store_true", help="what is written down, and whose it is")


def _incident(chosen: argparse.Namespace, report: Report) -> int:
    if chosen.list:
        return _list(report)
    page = _given(chosen) if chosen.of else incidents.write(_said(chosen))
    owner = incidents.owner_of(page)
    report.say(str(page), file=str(page), owner=owner)
    if not owner:
        report.reason = f"It needs an owner: ./runbook incident --of {page.name} --owner NAME"
        return NEEDS_A_PERSON
    return DONE


def _said(chosen: argparse.Namespace) -> incidents.Incident:
    return incidents.Incident(chosen.version, chosen.symptom, chosen.rolled_back, chosen.owner)


def _given(chosen: argparse.Namespace) -> Path:
    page = next((page for page in incidents.pages() if page.name == Path(chosen.of).name), None)
    if page is None:
        raise Stop(f"There is no page {chosen.of}; ./runbook incident --list names them.", USAGE)
    if not chosen.owner:
        raise Stop("Say whose it is: --owner NAME.", USAGE)
    incidents.give_to(page, chosen.owner)
    return page


def _list(report: Report) -> int:
    found = [(page.name, incidents.owner_of(page)) for page in incidents.pages()]
    for name, owner in found:
        report.say(f"{name}  {owner or 'needs an owner'}")
    if not found:
        report.say("Nothing has been written down.")
    report.facts["incidents"] = [{"file": name, "owner": owner} for name, owner in found]
    return NEEDS_A_PERSON if any(not owner for _, owner in found) else DONE
