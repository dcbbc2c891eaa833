"""notification becomes an event and the notice of it, read or unread, with a link only to what its reader may see."""

import re

from superviseme.events.models import Event
from superviseme.notifications.catalog import Verb
from superviseme.notifications.models import Notice
from superviseme.policy.roles import Role

from .ledger import Home, Ledger
from .reader import Source
from .rows import Row

VERBS = {
    "new_update": Verb.UPDATE_POSTED,
    "new_feedback": Verb.FEEDBACK_GIVEN,
    "todo_assigned": Verb.TODO_ASSIGNED,
    "new_todo": Verb.TODO_ASSIGNED,
    "todo_completed": Verb.TODO_COMPLETED,
    "thesis_interest": Verb.INTEREST_EXPRESSED,
}
_UPDATE = re.compile(r"#update-(\d{1,18})$")
Group = tuple[object, ...]


def import_notices(source: Source, ledger: Ledger) -> None:
    """Rows that tell several people the same become one event; told twice, one is told once."""
    admins = _admins(source, ledger)
    events: dict[Group, Event] = {}
    waiting: list[tuple[Row, Group, int]] = []
    doubles: list[tuple[Row, Group, int]] = []
    told: set[tuple[Group, int]] = set()
    for row in ledger.new(source.rows("notification")):
        recipient = ledger.person(row.ref("recipient_id"))
        if recipient is None:
            row.refuse("its recipient is not in the file")
            continue
        event = _event(row, recipient, admins, ledger)
        group: Group = (
            event.at,
            event.verb,
            event.actor_id,
            event.thing_id,
            event.title,
            event.link,
            event.data.get("message"),
        )
        if (group, recipient) in told:
            doubles.append((row, group, recipient))
            continue
        told.add((group, recipient))
        events.setdefault(group, event)
        waiting.append((row, group, recipient))
    ledger.add(sorted(events.values(), key=lambda event: event.at))
    waiting.sort(key=lambda entry: events[entry[1]].at)  # the inbox shows the newest row first
    kept = ledger.keep([(row, _notice(row, events[group], recipient, ledger)) for row, group, recipient in waiting])
    keys = {(notice.event_id, notice.recipient_id): notice.pk for _, notice in kept}
    for row, group, recipient in doubles:
        ledger.merge(
            row,
            "notifications.notice",
            keys.get((events[group].pk, recipient), 0),
            "the same person was told the same twice",
        )


def _event(row: Row, recipient: int, admins: set[int], ledger: Ledger) -> Event:
    home = ledger.home(row, "thesis")
    if row.ref("thesis_id") is not None and home is None:
        row.note("thesis_id", "this thesis is not in the file; the notice leads nowhere")
    verb = VERBS.get(row.word("notification_type"), Verb.NOTICE_IMPORTED)
    if verb == Verb.UPDATE_POSTED and (home is None or home.workspace is None):
        verb = Verb.NOTICE_IMPORTED
    title = home.topic.title if verb == Verb.INTEREST_EXPRESSED and home and home.topic else row.line("title", 300)
    workspace = home.workspace.title if home and home.workspace else ""
    return Event(
        at=row.time_or("created_at", ledger.moment),
        verb=verb,
        actor_id=ledger.person(row.ref("actor_id")),
        thing="workspaces.workspace" if home and home.workspace else "ops.legacyrow",
        thing_id=home.workspace.pk if home and home.workspace else None,
        title=title,
        link=_link(row, home, recipient, admins, ledger),
        data={"workspace": workspace, "message": row.text("message"), "imported": True},
    )


def _link(row: Row, home: Home | None, recipient: int, admins: set[int], ledger: Ledger) -> str:
    if home is None:
        return ""
    if home.workspace is None or row.word("notification_type") == "thesis_interest":
        return home.topic.get_absolute_url() if home.topic else ""
    if recipient not in home.seats and recipient not in admins:
        return ""
    named = _UPDATE.search(row.word("action_url"))
    number = int(named[1]) if named else 0
    place = ledger.places["thesis_update"].get(number)
    if place and ledger.rooms.get(("thesis_update", number)) == home.workspace.pk and place[0] == "workspaces.update":
        return f"{home.workspace.get_absolute_url()}/updates/{place[1]}"
    return home.workspace.get_absolute_url()


def _notice(row: Row, event: Event, recipient: int, ledger: Ledger) -> Notice:
    """Told there already: nothing of it goes out by mail again."""
    return Notice(
        recipient_id=recipient,
        event=event,
        verb=event.verb,
        created_at=event.at,
        read_at=event.at if row.flag("is_read", missing=False) else None,
        loud=False,
        spread_at=ledger.moment,
    )


def _admins(source: Source, ledger: Ledger) -> set[int]:
    rows = source.rows("user_mgmt")
    return {person for row in rows if row.word("user_type") == Role.ADMIN and (person := ledger.person(row.id))}
