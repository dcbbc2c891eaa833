from django.db import transaction
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox import hold
from superviseme.outbox.models import Hold
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.web.time import now

from ..models import RunRequest


@transaction.atomic
def ask_for_run(job: str, *, by: Person) -> bool:
    """The scheduler runs it at its next tick, once; asked for twice before, it is one wish. Returns whether it is new."""
    require(by, Action.SITE_MANAGE)
    wish, is_new = RunRequest.objects.get_or_create(job=job, defaults={"asked_by_id": by.pk, "asked_at": now()})
    if is_new:
        announce(Verb.JOB_ASKED_FOR, wish, by=by, title=job, link="/admin/scheduler")
    return is_new


@transaction.atomic
def resume_outbox(*, by: Person) -> hold.Reckoning:
    """What was held after a restore goes out, but for what the journal knows to have gone."""
    require(by, Action.SITE_MANAGE)
    hold.settle()
    held = Hold.objects.filter(ended_at=None).first()
    if held is None:
        raise NotAllowed(_("Nothing is held."))
    reckoning = hold.resume()
    announce(Verb.OUTBOX_RESUMED, held, by=by, title=held.reason, link="/admin/scheduler", to_send=reckoning.to_send)
    return reckoning
