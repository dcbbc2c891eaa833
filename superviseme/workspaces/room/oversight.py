"""An administrator who reads a workspace without a seat in it is in the audit.

Said once an hour and process, so that reading on costs nothing; with presence the only write that a GET makes.
"""

import datetime as dt
import logging

from django.db import DatabaseError

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.web.time import now

from .models import Workspace

AGAIN_AFTER = dt.timedelta(hours=1)
said: dict[tuple[int, int], dt.datetime] = {}
log = logging.getLogger(__name__)


def note_oversight(workspace: Workspace, *, by: Person) -> None:
    if not by.is_admin or workspace.seat_of(by):
        return
    key, moment = (by.pk, workspace.pk), now()
    if key in said and moment - said[key] < AGAIN_AFTER:
        return
    try:
        announce(Verb.WORKSPACE_OVERSEEN, workspace, by=by)
    except DatabaseError:
        log.exception("Reading as an administrator could not be recorded")
    else:
        said[key] = moment
