"""admin: administrators, from the machine itself."""

import argparse

from superviseme.ops.checks import Report
from superviseme.ops.exits import DONE, Stop

from . import Commands, command, django, family


def add(commands: Commands) -> None:
    invite = command(
        family(commands, "admin", "administrators"), "invite", "send an administrator's invitation", _invite
    )
    invite.add_argument("mail", help="the mail address")


def _invite(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from django.core.exceptions import ValidationError  # needs settings

    from superviseme.accounts.invitations.actions import invite_administrator

    try:
        invitation = invite_administrator(email=chosen.mail)
    except ValidationError as problem:
        raise Stop(" ".join(problem.messages)) from None
    report.say(f"The invitation to {invitation.email} will be sent by the scheduler.", invited=invitation.email)
    return DONE
