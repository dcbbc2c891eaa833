"""What people do with meetings: require, change, save, announce."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.web.addresses import reverse
from superviseme.web.answers import Stale
from superviseme.web.time import now

from ..room.actions import delete_thing, lock_open, restore_thing
from ..room.models import Workspace
from ..things import edit, next_number, recent_twin
from ..todos import references
from ..todos.actions import add_todo
from .models import Attendee, Meeting


@transaction.atomic
def plan_meeting(
    workspace: Workspace,
    *,
    title: str,
    starts_at: dt.datetime,
    attendees: Iterable[Person],
    by: Person,
    minutes: int = 60,
    place: str = "",
    link: str = "",
    agenda: str = "",
) -> Meeting:
    require(by, Action.MEETING_ADD, workspace)
    lock_open(workspace)
    twin = recent_twin(
        Meeting.objects.filter(workspace=workspace), by=by, title=title, starts_at=starts_at, agenda=agenda
    )
    if twin:
        return twin
    meeting = Meeting.objects.create(
        workspace=workspace,
        number=next_number(workspace, "last_meeting"),
        title=title,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        link=link,
        agenda=agenda,
        created_by=by,
    )
    Attendee.objects.bulk_create(Attendee(meeting=meeting, person=person) for person in dict.fromkeys(attendees))
    _mention(meeting)
    _announce(Verb.MEETING_PLANNED, meeting, by)
    return meeting


@transaction.atomic
def edit_meeting(
    meeting: Meeting, *, attendees: Iterable[Person], by: Person, version: int | None = None, **changes: Any
) -> Meeting:
    """Change title, starts_at, minutes, place, link, agenda and who is asked; whoever is no longer asked hears of it too.

    What was confirmed is the whole record, so a change takes the confirmations back.
    """
    require(by, Action.MEETING_EDIT, meeting)
    lock_open(meeting.workspace)
    before, wanted = _attendee_ids(meeting), {person.pk for person in attendees}
    was = meeting.starts_at
    if wanted == before and all(getattr(meeting, name) == value for name, value in changes.items()):
        return meeting
    edit(meeting, version=version, **changes, sequence=F("sequence") + 1)
    Attendee.objects.filter(meeting=meeting, person__in=before - wanted).delete()
    Attendee.objects.bulk_create(Attendee(meeting=meeting, person_id=pk) for pk in sorted(wanted - before))
    _mention(meeting)
    _unconfirm(meeting)
    _announce(Verb.MEETING_CHANGED, meeting, by, also=before, begins=min(was, meeting.starts_at))
    return meeting


@transaction.atomic
def write_record(
    meeting: Meeting,
    *,
    notes: str,
    decisions: str,
    by: Person,
    actions: Iterable[dict[str, Any]] = (),
    version: int | None = None,
) -> Meeting:
    """Notes, decisions, and to-dos from `actions` (title, assignee, due_on). A change takes the confirmations back."""
    require(by, Action.MEETING_EDIT, meeting)
    lock_open(meeting.workspace)
    if meeting.cancelled_at:
        raise NotAllowed(_("This meeting was cancelled. Reinstate it to write a record."))
    rewritten = (notes, decisions) != (meeting.notes, meeting.decisions) or not meeting.recorded_at
    if rewritten:
        edit(meeting, version=version, notes=notes, decisions=decisions, recorded_at=now())
        _mention(meeting)
    had = set(meeting.actions.values_list("pk", flat=True))
    made = [add_todo(meeting.workspace, **row, meeting=meeting, by=by) for row in actions]
    if rewritten or any(todo.pk not in had for todo in made):
        _unconfirm(meeting)
        _announce(Verb.MEETING_RECORDED, meeting, by)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Person) -> None:
    require(by, Action.MEETING_EDIT, meeting)
    lock_open(meeting.workspace)
    if _claim(meeting, cancelled_at=None).update(
        cancelled_at=now(), cancelled_by=by, sequence=F("sequence") + 1, version=F("version") + 1, edited_at=now()
    ):
        _reread(meeting)
        _announce(Verb.MEETING_CANCELLED, meeting, by)


@transaction.atomic
def reinstate_meeting(meeting: Meeting, *, by: Person) -> None:
    """Take a cancellation back."""
    require(by, Action.MEETING_EDIT, meeting)
    lock_open(meeting.workspace)
    if _claim(meeting, cancelled_at__isnull=False).update(
        cancelled_at=None, cancelled_by=None, sequence=F("sequence") + 1, version=F("version") + 1, edited_at=now()
    ):
        _reread(meeting)
        _announce(Verb.MEETING_CHANGED, meeting, by)


@transaction.atomic
def confirm_record(meeting: Meeting, *, by: Person, version: int | None = None) -> None:
    """Who took part agrees with the record as it was shown (`version`); raises Stale when it has changed since."""
    require(by, Action.MEETING_CONFIRM, meeting)
    lock_open(meeting.workspace)
    _reread(meeting)
    if not meeting.recorded_at:
        raise NotAllowed(_("There is no record to confirm yet."))
    if version is not None and version != meeting.version:
        raise Stale(meeting)
    if Attendee.objects.filter(meeting=meeting, person=by, confirmed_at=None).update(confirmed_at=now()):
        _announce(Verb.MEETING_CONFIRMED, meeting, by)


@transaction.atomic
def delete_meeting(meeting: Meeting, *, by: Person) -> None:
    """Who was asked to one that is to come hears of it, so that calendars drop it."""
    asked = _coming(meeting)
    others = reverse("meetings", args=[meeting.workspace_id])  # its own page is gone
    delete_thing(meeting, Action.MEETING_DELETE, Verb.MEETING_DELETED, by=by, to=asked, link=others, **_when(meeting))
    _grow(meeting)


@transaction.atomic
def restore_meeting(meeting: Meeting, *, by: Person) -> None:
    to = _coming(meeting)
    restore_thing(meeting, Action.MEETING_RESTORE, Verb.MEETING_RESTORED, by=by, to=to, **_when(meeting))
    _grow(meeting)


def go_with_workspace(workspace: Workspace, by: Person) -> None:
    """Calendars drop what was to come. Inside the action that deleted the workspace."""
    _tell_of_all(workspace, Verb.MEETING_DELETED, by, link="")  # its pages are gone


def return_with_workspace(workspace: Workspace, by: Person) -> None:
    """Inside the action that restored it."""
    _tell_of_all(workspace, Verb.MEETING_RESTORED, by)


def _tell_of_all(workspace: Workspace, verb: Verb, by: Person, link: str | None = None) -> None:
    for meeting in Meeting.objects.filter(workspace=workspace, deleted_at=None, cancelled_at=None).order_by("pk"):
        if asked := _coming(meeting):
            _grow(meeting)
            announce(verb, meeting, by=by, to=asked, link=link, **_when(meeting))


def leave_meetings(workspace: Workspace, *, person: Person, by: Person) -> None:
    """Who has left is asked to none that is to come; their calendar hears of it. Inside the action that took the seat."""
    for meeting in _to_come(workspace, person):
        Attendee.objects.filter(meeting=meeting, person=person).delete()
        _grow(meeting)
        announce(Verb.MEETING_CHANGED, meeting, by=by, to=[person], link="", **_when(meeting))


def take_over_meetings(workspace: Workspace, *, person: Person, to: Person, by: Person) -> None:
    """`to` is asked to what is to come as well, where `person` is. Inside the action that gave the seat."""
    for meeting in _to_come(workspace, person):
        if Attendee.objects.get_or_create(meeting=meeting, person=to)[1]:
            _grow(meeting)
            announce(Verb.MEETING_PLANNED, meeting, by=by, to=[to], **_when(meeting))


def _to_come(workspace: Workspace, person: Person) -> list[Meeting]:
    asked = Meeting.objects.filter(workspace=workspace, attendees__person=person, deleted_at=None, cancelled_at=None)
    return [meeting for meeting in asked.order_by("pk") if not meeting.is_past]


def _coming(meeting: Meeting) -> list[int]:
    """Who is asked to a meeting that is to come, with a seat here."""
    coming = not meeting.is_past and not meeting.cancelled_at
    return sorted(_attendee_ids(meeting) & meeting.workspace.seats.keys()) if coming else []


def _grow(meeting: Meeting) -> None:
    """Calendars take what has a higher number."""
    Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1)


def _announce(
    verb: Verb, meeting: Meeting, by: Person, also: Iterable[int] = (), begins: dt.datetime | None = None
) -> None:
    """To those who are asked (`also` to others) and still have a seat here. `begins`: when a calendar has to know it."""
    asked = _attendee_ids(meeting) | set(also)
    announce(verb, meeting, by=by, to=sorted(asked & meeting.workspace.seats.keys()), **_when(meeting, begins))


def _when(meeting: Meeting, begins: dt.datetime | None = None) -> dict[str, Any]:
    """`begins`: when a calendar has to know it; `at` and `place` are told."""
    at = meeting.starts_at
    return {"begins": (begins or at).isoformat(), "at": at.isoformat(), "place": meeting.place}


def _mention(meeting: Meeting) -> None:
    """The to-dos that agenda, notes and decisions name."""
    references.rebuild(
        meeting.workspace, "\n\n".join([meeting.agenda, meeting.notes, meeting.decisions]), meeting=meeting
    )


def _attendee_ids(meeting: Meeting) -> set[int]:
    return set(Attendee.objects.filter(meeting=meeting).values_list("person_id", flat=True))


def _unconfirm(meeting: Meeting) -> None:
    Attendee.objects.filter(meeting=meeting).update(confirmed_at=None)


def _claim(meeting: Meeting, **state: Any) -> Any:
    return Meeting.objects.filter(pk=meeting.pk, deleted_at=None, **state)


def _reread(meeting: Meeting) -> None:
    meeting.refresh_from_db(fields=["version", "edited_at", "sequence", "cancelled_at", "cancelled_by", "recorded_at"])
