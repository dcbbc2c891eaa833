"""Theses and students in rows, in a fixed number of queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _

from superviseme.accounts.models import BY_NAME, Person
from superviseme.policy.roles import Kind, Seat
from superviseme.web.alphabet import Filed
from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import Asked, prepared
from superviseme.web.text import one_line
from superviseme.web.time import today
from superviseme.workspaces.models import Member, Milestone, Workspace
from superviseme.workspaces.room.queries import give_people

from ..models import Level, Thesis
from ..states import ENDED, SUBMITTABLE, State, label_of

FAR = date(9999, 12, 31)
SORTS = {"deadline": ("next_due", "pk"), "activity": ("-active_at", "-pk"), "title": ("folded", "pk")}
Signs = Callable[[date], dict[str, Any]]
WHICH = ("current", "ended", "all", "frozen", "deleted")
EVERYTHING = {"which": "all", "sort": "activity"}  # what the list of all begins with


@dataclass
class Wanted:
    """What the address asks for; anything not understood is left out."""

    q: str
    state: str
    level: str
    sort: str
    which: str
    supervisor: int = 0

    @classmethod
    def of(cls, query: Any, *, which: str = "current", sort: str = "deadline") -> "Wanted":
        def one_of(name: str, known: Any, otherwise: str = "") -> str:
            return query.get(name, "") if query.get(name, "") in known else otherwise

        return cls(
            q=one_line(query.get("q", ""))[:200],
            state=one_of("state", State.values),
            level=one_of("level", Level.values),
            sort=one_of("sort", SORTS, sort),
            which=one_of("which", WHICH, which),
            supervisor=int(who) if (who := query.get("supervisor", "")).isascii() and who.isdigit() else 0,
        )


def theses_page(supervisor: Person | None, wanted: Wanted, *, after: str = "") -> Page:
    """One page of the theses a person supervises (without: of all, or of whom `wanted` names), each with `.author`, `.supervisors`,
    `.state_label` and `.deadline`."""
    asked = _asked(supervisor.pk if supervisor else wanted.supervisor or None, wanted)
    rows = _saying(asked.rows(), wanted.q) if wanted.q else asked
    page = keyset_page(rows, order=SORTS[wanted.sort], after=after)
    for workspace in give_people(page.rows):
        _dress(workspace)
    return page


def matching(query: Any) -> QuerySet[Workspace]:
    """Every thesis of the list that administrators see at an address with this query, on all its pages."""
    wanted = Wanted.of(query, **EVERYTHING)
    rows: QuerySet[Workspace] = _saying(_asked(wanted.supervisor or None, wanted).rows(), wanted.q)
    return rows


def _asked(supervisor: int | None, wanted: Wanted) -> Asked:
    return _theses(supervisor, state=wanted.state, which=wanted.which, level=wanted.level)


@prepared
def _theses(supervisor: int | None, *, state: str, which: str, level: str) -> QuerySet[Workspace]:
    rows = Workspace.objects.filter(kind=Kind.THESIS) if supervisor is None else _supervised_by(supervisor)
    rows = rows.exclude(deleted_at=None) if which == "deleted" else rows.live()
    rows = rows.exclude(frozen_at=None) if which == "frozen" else rows
    if state:
        rows = rows.filter(thesis__state=state)
    elif which == "current":
        rows = rows.filter(frozen_at=None).exclude(thesis__state__in=ENDED)
    elif which == "ended":
        rows = rows.filter(thesis__state__in=ENDED)
    return _dressed(rows.filter(thesis__level=level) if level else rows)


def _supervised_by(person: int) -> Any:
    return Workspace.objects.filter(kind=Kind.THESIS).with_seat(person, Seat.SUPERVISOR)


def _unsigned(day: date) -> dict[str, Any]:
    return {}


def students_page(
    supervisor: Person, *, q: str = "", past: bool = False, after: str = "", signs: Signs = _unsigned
) -> Page:
    """Students whose thesis a person supervises, each with `.theses`; past ones have none that goes on.

    `signs(today)` are annotations of the theses, for the page."""
    asked = _students(supervisor.pk, past=past)
    rows: Any = asked.rows() if q else asked
    for word in q.split()[:10]:
        rows = rows.filter(Q(name__icontains=word) | Q(surname__icontains=word) | Q(email__icontains=word))
    page = keyset_page(rows, order=BY_NAME, after=after)
    _give_theses(page.rows, supervisor, signs)
    return page


@prepared
def _students(supervisor: int, *, past: bool) -> QuerySet[Person]:
    """By the seats of the theses supervised, which are few, and not person by person."""
    seats = Member.objects.filter(seat=Seat.AUTHOR, workspace__in=_supervised_by(supervisor).live())
    going_on = seats.filter(workspace__frozen_at=None).exclude(workspace__thesis__state__in=ENDED).values("person")
    if past:
        return Person.objects.filter(pk__in=seats.values("person")).exclude(pk__in=going_on).alphabetical()
    return Person.objects.filter(pk__in=going_on).alphabetical()


def theses_of(student: Person) -> list[Workspace]:
    """A student's theses, those that go on first and the newest of them on top."""
    rows = Workspace.objects.live().filter(kind=Kind.THESIS).with_seat(student, Seat.AUTHOR)
    ended = Case(When(thesis__state__in=ENDED, then=Value(1)), default=Value(0))
    found: list[Any] = list(
        rows.select_related("thesis").annotate(ended=ended).order_by("ended", "-created_at", "-pk")[:50]
    )
    for workspace in found:
        workspace.state_label = label_of(workspace.thesis.state)
    return found


def _saying(rows: Any, q: str) -> Any:
    for word in q.split()[:10]:
        name = Q(person__name__icontains=word) | Q(person__surname__icontains=word) | Q(person__email__icontains=word)
        rows = rows.filter(Q(title__icontains=word) | Exists(Member.objects.filter(name, workspace=OuterRef("pk"))))
    return rows


def _dressed(rows: Any) -> QuerySet[Workspace]:
    to_reach = Milestone.objects.filter(workspace=OuterRef("pk"), deleted_at=None, reached_at=None).order_by(
        "due_on", "pk"
    )
    to_hand_in = Case(
        When(thesis__state__in=[State.ACCEPTED, *SUBMITTABLE], then=F("thesis__submit_by")), output_field=DateField()
    )
    far = Value(FAR, output_field=DateField())
    found: QuerySet[Workspace] = rows.select_related("thesis").annotate(
        milestone_title=Subquery(to_reach.values("title")[:1]),
        milestone_due=Coalesce(Subquery(to_reach.values("due_on")[:1]), far),
        next_due=Least(Coalesce(Subquery(to_reach.values("due_on")[:1]), far), Coalesce(to_hand_in, far)),
        folded=Filed("title"),
    )
    return found


def _dress(workspace: Workspace) -> None:
    people = list(workspace.members.all())
    workspace.author = next((m.person for m in people if m.seat == Seat.AUTHOR), None)
    workspace.supervisors = [m.person for m in people if m.seat == Seat.SUPERVISOR]
    workspace.state_label = label_of(workspace.thesis.state)
    workspace.deadline = None
    if workspace.next_due != FAR:
        title = workspace.milestone_title if workspace.next_due == workspace.milestone_due else _("Hand-in")
        workspace.deadline = {"label": title, "when": workspace.next_due}


def _give_theses(students: list[Person], supervisor: Person, signs: Signs) -> None:
    found: dict[int, list[Workspace]] = {}
    for workspace in give_people(_written(supervisor.pk, [s.pk for s in students], today(), signs=signs).fetch()):
        _dress(workspace)
        for member in workspace.members.all():
            if member.seat == Seat.AUTHOR:
                found.setdefault(member.person_id, []).append(workspace)
    for student in students:
        student.theses = sorted(found.get(student.pk, []), key=lambda w: w.thesis.state in ENDED)


@prepared
def _written(supervisor: int, students: list[int], day: date, *, signs: Signs) -> QuerySet[Workspace]:
    written = Member.objects.filter(workspace=OuterRef("pk"), seat=Seat.AUTHOR, person__in=students)
    rows = _supervised_by(supervisor).live().filter(Exists(written))
    return _dressed(rows).annotate(**signs(day)).order_by("-created_at", "-pk")


def running_thesis(student: Person) -> Thesis | None:
    """The newest that goes on."""
    rows = Thesis.objects.filter(workspace__in=Workspace.objects.live().with_seat(student, Seat.AUTHOR))
    rows = rows.exclude(state__in=ENDED).select_related("workspace")
    return rows.order_by("-workspace__created_at", "-pk").first()
