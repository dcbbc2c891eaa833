"""meeting_note and research_project_meeting_note become meetings with a record; the note's day is the meeting's."""

from superviseme.notifications.catalog import Verb
from superviseme.workspaces.models import Attendee, Meeting

from .ledger import Home, Ledger
from .reader import Source
from .rows import Row


def import_meetings(source: Source, ledger: Ledger, table: str, kind: str) -> None:
    pairs: list[tuple[Row, Meeting]] = []
    homes: dict[int, Home] = {}
    for row in source.rows(table):
        home = ledger.home(row, kind)
        if home and home.workspace:
            ledger.lies_in(row, home)
    for row in ledger.new(source.rows(table)):
        home = ledger.room(row, kind)
        if home is not None:
            homes[row.id] = home
            pairs.append((row, _meeting(row, home, ledger)))
    kept = ledger.keep(pairs)
    for row, meeting in kept:
        ledger.texts.append(("meeting", meeting.pk, meeting.workspace_id, meeting.notes))
        ledger.stirred(homes[row.id], meeting.created_at)
        ledger.happened(Verb.MEETING_RECORDED, meeting, meeting.created_at, meeting.created_by_id)
    ledger.add(
        [
            Attendee(meeting=meeting, person_id=meeting.created_by_id, confirmed_at=meeting.recorded_at)
            for row, meeting in kept
            if meeting.created_by_id in homes[row.id].seats
        ]
    )


def _meeting(row: Row, home: Home, ledger: Ledger) -> Meeting:
    title, whole = row.titled("title", 200, empty=f"Meeting {row.id}")
    created = row.time_or("created_at", ledger.moment)
    changed = row.time("updated_at") or created
    return Meeting(
        workspace=home.workspace,
        number=ledger.next_number(home, "last_meeting"),
        title=title,
        starts_at=created,
        notes="\n\n".join(text for text in (whole, row.text("content")) if text),
        recorded_at=changed,
        created_by_id=ledger.writer(row),
        created_at=created,
        edited_at=changed if changed > created else None,
    )
