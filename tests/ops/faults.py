"""Faults to seed into a healthy demonstration site, each by the id of the check that has to find it."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max

from superviseme.accounts.models import Grant, Invitation, Person
from superviseme.events.models import Event
from superviseme.notifications.models import Notice
from superviseme.ops import incidents, operations
from superviseme.ops.backup import place
from superviseme.ops.models import Instance, JobRun, Lease, RunState
from superviseme.ops.releases import judgement
from superviseme.ops.releases.layout import Release, Releases
from superviseme.outbox import hold, journal
from superviseme.outbox.models import Message, State
from superviseme.policy.roles import Role, Seat
from superviseme.search.models import SearchEntry
from superviseme.theses.models import Interest, Submission, Thesis, Topic
from superviseme.theses.states import State as ThesisState
from superviseme.web.time import now, site_zone
from superviseme.workspaces.files.storage import path_of
from superviseme.workspaces.models import (
    Comment,
    Document,
    FileVersion,
    Goal,
    Meeting,
    Member,
    Milestone,
    Todo,
    TodoMention,
    Workspace,
)

from .backup.folders import a_folder

LONG_AGO = timedelta(days=60)


def first(rows, **changes):
    """Change the first of some rows past every action."""
    pk = rows.order_by("pk").values_list("pk", flat=True).first()
    assert pk is not None, "nothing to break"
    rows.model._default_manager.filter(pk=pk).update(**changes)


def wide_open(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    path.chmod(0o644)


def a_run(days: int, **fields) -> None:
    """Of the reminders, so many days ago."""
    slot = (now() - timedelta(days=days)).astimezone(site_zone()).replace(hour=7, minute=0, second=0, microsecond=0)
    words = {"period": slot.date().isoformat(), "slot_at": slot, "started_at": slot, "state": RunState.DONE, **fields}
    JobRun.objects.create(job="reminders", epoch=1, **words)


def a_version() -> FileVersion:
    found = FileVersion.objects.order_by("pk").first()
    assert found, "the demonstration has files"
    return found


def old(path: Path, text: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    os.utime(path, (1, 1))


def production(**more):
    """The environment as a production site has it, complete but for what is given."""
    well = {
        "SITE_MODE": "production",
        "BASE_URL": "https://theses.example.edu",
        "ALLOWED_HOSTS": ["theses.example.edu"],
        "MAIL_SERVER": "mail.example.edu",
        "DEFAULT_FROM_EMAIL": "theses@example.edu",
        "SECURITY_CONTACT": "mailto:security@example.edu",
        "DEBUG": False,
    }
    for name, value in {**well, **more}.items():
        setattr(settings, name, value)


def remove_admin() -> None:
    Grant.objects.filter(role=Role.ADMIN).update(revoked_at=now())


def lost_satellite(kind: str) -> None:
    Workspace.objects.create(kind=kind, title="Half")


def state_past_history() -> None:
    first(Thesis.objects.filter(state=ThesisState.WRITING), state=ThesisState.IN_REVIEW)


def unlock() -> None:
    FileVersion.objects.filter(pk__in=Submission.objects.values("version")).update(locked_at=None)


def mention_elsewhere() -> None:
    todo = Todo.objects.order_by("pk").first()
    text = Meeting.objects.exclude(workspace=todo.workspace).order_by("pk").first()
    TodoMention.objects.create(todo=todo, meeting=text)


def comment_elsewhere() -> None:
    comment = Comment.objects.order_by("pk").first()
    first(Comment.objects.all(), workspace=Workspace.objects.exclude(pk=comment.workspace_id).order_by("pk").first())


def seats_gone(seat: Seat, kind: str) -> None:
    ended = [ThesisState.PROPOSED, ThesisState.COMPLETED, ThesisState.WITHDRAWN]
    home = Workspace.objects.filter(kind=kind, deleted_at=None).exclude(thesis__state__in=ended).order_by("pk").first()
    Member.objects.filter(workspace=home, seat=seat).delete()


def counter_back(noun: type, field: str) -> None:
    first(Workspace.objects.filter(pk__in=noun.objects.values("workspace")), **{field: 0})


def a_message(**fields) -> None:
    moment = now()
    facts = {"key": "k", "letter": "notice", "to": "a@example.org", "subject": "s", "text": "t", "message_id": "<k@x>"}
    Message.objects.create(**{**facts, "created_at": moment, "due_at": moment, **fields})


def unfinished_purge() -> None:
    first(Topic.objects.all(), deleted_at=now() - LONG_AGO, deleted_by=Person.objects.first())
    SearchEntry.objects.filter(thing="theses.topic").delete()


def tamper() -> None:
    first(Event.objects.filter(seal_number__gt=3), title="Somebody else's")


def broken_key() -> None:
    if connection.vendor == "sqlite":
        first(Member.objects.all(), person=999_999)
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE held (id int PRIMARY KEY); CREATE TABLE loose (held int)")
        cursor.execute("ALTER TABLE loose ADD CONSTRAINT loose FOREIGN KEY (held) REFERENCES held (id) NOT VALID")


def drop_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE search_words" if connection.vendor == "sqlite" else "DROP INDEX search_words")


def invalid_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'search_words'::regclass")


def unjudged() -> None:
    """A deploy was killed, and the release before does not fit the database any more."""
    settings.RELEASES_DIR = settings.DATA_DIR / "releases"
    settings.RELEASES_DIR.mkdir()
    old, new = (Release(settings.RELEASES_DIR / name) for name in ("old", "new"))
    judgement.begin(Releases(settings.RELEASES_DIR), new, was=old, before=None, why_not="a column is gone")


FAULTS: dict[str, Callable[[], object]] = {
    "config.key_file_private": lambda: wide_open(settings.DATA_DIR / "secret_key"),
    "config.demo_accounts_private": lambda: (settings.DATA_DIR / "demo-accounts.txt").chmod(0o644),
    "config.operations_log_private": lambda: (operations.write({}), operations.log_file().chmod(0o644)),
    "config.data_dir": lambda: settings.DATA_DIR.chmod(0o777),
    "config.https": lambda: production(BASE_URL="http://theses.example.edu"),
    "config.base_url_host": lambda: production(ALLOWED_HOSTS=["elsewhere.example.edu"]),
    "config.hosts_named": lambda: production(ALLOWED_HOSTS=["*", "theses.example.edu"]),
    "config.development_off": lambda: production(DEBUG=True),
    "config.bootstrap_password": lambda: setattr(settings, "ADMIN_BOOTSTRAP_PASSWORD", "still there"),
    "config.mail_server": lambda: production(MAIL_SERVER=""),
    "config.mail_sender": lambda: production(DEFAULT_FROM_EMAIL="noreply@superviseme.local"),
    "config.security_contact": lambda: production(SECURITY_CONTACT=""),
    "config.assets": lambda: setattr(settings, "STATIC_IS_BUILT", False),
    "config.release_judged": unjudged,
    "backup.fresh": lambda: place.remove(place.folders()[0]),
    "backup.read": lambda: a_folder(now() - LONG_AGO, good=False),
    "backup.restored": lambda: place.note_damaged(place.folders()[0]),
    "backup.apart": production,
    "backup.room": lambda: a_folder(now() + LONG_AGO, size=1 << 60),
    "backup.rules": lambda: setattr(settings, "BACKUP_KEEP", "last=many"),
    "db.migrations": lambda: MigrationRecorder(connection).record_unapplied("search", "0002_full_text"),
    "db.unknown_migrations": lambda: MigrationRecorder(connection).record_applied("search", "9999_from_tomorrow"),
    "db.foreign_keys": broken_key,
    "people.admin_there": remove_admin,
    "people.no_demonstration": production,
    "people.smoke_gone": lambda: Person.objects.create(email="s@x.org", is_smoke=True, joined_at=now() - LONG_AGO),
    "people.erased_anonymous": lambda: first(Person.objects.filter(is_active=True), erased_at=now()),
    "people.erased_without_role": lambda: first(
        Person.objects.filter(email__endswith="@university.edu"), erased_at=now(), name="", surname="", is_active=False
    ),
    "people.with_role": lambda: Person.objects.create(email="nobody@x.org", name="No", surname="Role"),
    "people.not_waiting_long": lambda: Person.objects.create(
        email="w@x.org", approved_at=None, joined_at=now() - LONG_AGO
    ),
    "people.invitations_joined": lambda: Invitation.objects.create(
        email="i@x.org", role="student", expires_at=now(), accepted_at=now(), token_hash="t"
    ),
    "theses.whole": lambda: lost_satellite("thesis"),
    "projects.whole": lambda: lost_satellite("project"),
    "workspaces.kind": lambda: first(Workspace.objects.filter(kind="project"), kind="thesis"),
    "theses.supervised": lambda: seats_gone(Seat.SUPERVISOR, "thesis"),
    "theses.authored": lambda: seats_gone(Seat.AUTHOR, "thesis"),
    "projects.led": lambda: seats_gone(Seat.AUTHOR, "project"),
    "theses.state_told": state_past_history,
    "theses.hand_in_locked": unlock,
    "theses.grade_possible": lambda: first(Thesis.objects.all(), grade=31, grade_out_of=30),
    "topics.places": lambda: first(Topic.objects.filter(taken=0), taken=1),
    "interests.reachable": lambda: Topic.objects.filter(
        pk__in=Interest.objects.filter(state="pending").values("topic")
    ).update(deleted_at=now(), deleted_by=Person.objects.first()),
    "interests.settled": lambda: first(Interest.objects.filter(state="pending"), state="accepted"),
    "numbers.todo": lambda: counter_back(Todo, "last_todo"),
    "numbers.goal": lambda: counter_back(Goal, "last_goal"),
    "numbers.milestone": lambda: counter_back(Milestone, "last_milestone"),
    "numbers.meeting": lambda: counter_back(Meeting, "last_meeting"),
    "numbers.file": lambda: counter_back(Document, "last_file"),
    "mentions.within": mention_elsewhere,
    "comments.in_place": comment_elsewhere,
    "seats.ranked": lambda: first(Member.objects.filter(seat="supervisor"), seat_rank=9),
    "deleted.purged": unfinished_purge,
    "files.there": lambda: path_of(a_version().sha256).unlink(),
    "files.length": lambda: path_of(a_version().sha256).write_bytes(b"short"),
    "files.content": lambda: path_of(a_version().sha256).write_bytes(b"?" * a_version().size),
    "files.named": lambda: old(path_of("ab" * 32)),
    "files.whole": lambda: old(settings.FILES_DIR / "incoming" / "half"),
    "audit.unbroken": tamper,
    "audit.sealed": lambda: Event.objects.filter(pk=Event.objects.aggregate(last=Max("pk"))["last"]).update(
        seal_number=None, seal="", at=now() - LONG_AGO
    ),
    "audit.known": lambda: Event.objects.create(at=now(), verb="tomorrow.invented", thing=""),
    "notices.dealt_with": lambda: first(Notice.objects.all(), spread_at=None, created_at=now() - LONG_AGO),
    "outbox.no_dead_letters": lambda: a_message(state=State.FAILED),
    "outbox.not_stuck": lambda: a_message(state=State.SENDING, claimed_at=now() - LONG_AGO),
    "outbox.flowing": lambda: a_message(due_at=now() - LONG_AGO),
    "outbox.sent_once": lambda: a_message(state=State.SENT),
    "outbox.not_held": lambda: hold.hold("restored"),
    "outbox.journal": lambda: journal.folder().touch(),
    "scheduler.one_leads": lambda: Lease.objects.update(expires_at=now() - LONG_AGO),
    "scheduler.all_heard_of": lambda: first(Instance.objects.all(), beat_at=now() - LONG_AGO),
    "scheduler.ledger": lambda: [a_run(days) for days in (1, 2, 5)],
    "scheduler.jobs_went_well": lambda: a_run(1, state=RunState.FAILED),
    "search.index": drop_index,
    "search.complete": lambda: SearchEntry.objects.filter(thing="workspaces.todo").delete(),
    "search.nothing_gone": lambda: first(SearchEntry.objects.filter(thing="workspaces.goal"), thing_id=999_999),
    "incidents.owned": lambda: incidents.write(incidents.Incident()),
}
ON_POSTGRESQL: dict[str, Callable[[], object]] = {"db.whole": invalid_index}
