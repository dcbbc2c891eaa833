"""Theses and students in rows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, Lower
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.policy.roles import Kind, Seat
from superviseme.web.paging import Page, keyset_page
from superviseme.web.text import one_line
from superviseme.workspaces.models import Member, Milestone, Workspace

from ..models import Level, Thesis
from ..states import ENDED, SUBMITTABLE, State, label_of

FAR = date(9999, 12, 31)
SORTS = {"deadline": ("next_due", "pk"), "activity": ("-active_at", "-pk"), "title": ("folded", "pk")}
WHICH = ("current", "ended", "all", "deleted")


@dataclass
class Wanted:
    """What the address asks for; anything not understood is left out."""

    q: str
    state: str
    level: str
    sort: str
    which: str

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
        )


def theses_page(rows: Any, wanted: Wanted, *, after: str = "") -> Page:
    """One page of these workspaces, each with `.author`, `.supervisors`, `.state_label` and `.deadline`."""
    page = keyset_page(_dressed(_matching(rows, wanted)), order=SORTS[wanted.sort], after=after)
    for workspace in page.rows:
        _dress(workspace)
    return page


def supervised_by(person: Person) -> Any:
    return Workspace.objects.filter(kind=Kind.THESIS).with_seat(person, Seat.SUPERVISOR)


def every_thesis() -> Any:
    return Workspace.objects.filter(kind=Kind.THESIS)


def students_page(supervisor: Person, *, q: str = "", past: bool = False, after: str = "") -> Page:
    """Students whose thesis a person supervises, each with `.theses`; past ones have none that goes on."""
    written = supervised_by(supervisor).live().filter(members__person=OuterRef("pk"), members__seat=Seat.AUTHOR)
    going_on = Exists(written.filter(frozen_at=None).exclude(thesis__state__in=ENDED))
    rows = Person.objects.filter(Exists(written), ~going_on if past else going_on)
    for word in q.split()[:10]:
        rows = rows.filter(Q(name__icontains=word) | Q(surname__icontains=word) | Q(email__icontains=word))
    page = keyset_page(rows, order=("surname", "name", "pk"), after=after)
    _give_theses(page.rows, supervised_by(supervisor).live())
    return page


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


def _matching(rows: Any, wanted: Wanted) -> Any:
    rows = rows.exclude(deleted_at=None) if wanted.which == "deleted" else rows.live()
    if wanted.state:
        rows = rows.filter(thesis__state=wanted.state)
    elif wanted.which == "current":
        rows = rows.exclude(thesis__state__in=ENDED)
    elif wanted.which == "ended":
        rows = rows.filter(thesis__state__in=ENDED)
    if wanted.level:
        rows = rows.filter(thesis__level=wanted.level)
    for word in wanted.q.split()[:10]:
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
    return (
        rows.select_related("thesis")
        .with_people()
        .annotate(
            milestone_title=Subquery(to_reach.values("title")[:1]),
            milestone_due=Coalesce(Subquery(to_reach.values("due_on")[:1]), far),
            next_due=Least(Coalesce(Subquery(to_reach.values("due_on")[:1]), far), Coalesce(to_hand_in, far)),
            folded=Lower("title"),
        )
    )


def _dress(workspace: Workspace) -> None:
    people = list(workspace.members.all())
    workspace.author = next((m.person for m in people if m.seat == Seat.AUTHOR), None)
    workspace.supervisors = [m.person for m in people if m.seat == Seat.SUPERVISOR]
    workspace.state_label = label_of(workspace.thesis.state)
    workspace.deadline = None
    if workspace.next_due != FAR:
        title = workspace.milestone_title if workspace.next_due == workspace.milestone_due else _("Hand-in")
        workspace.deadline = {"label": title, "when": workspace.next_due}


def _give_theses(students: list[Person], rows: Any) -> None:
    written = Member.objects.filter(workspace=OuterRef("pk"), seat=Seat.AUTHOR, person__in=[s.pk for s in students])
    found: dict[int, list[Workspace]] = {}
    for workspace in _dressed(rows.filter(Exists(written))).order_by("-created_at", "-pk"):
        _dress(workspace)
        for member in workspace.members.all():
            if member.seat == Seat.AUTHOR:
                found.setdefault(member.person_id, []).append(workspace)
    for student in students:
        student.theses = sorted(found.get(student.pk, []), key=lambda w: w.thesis.state in ENDED)


def running_thesis(student: Person) -> Thesis | None:
    """The newest that goes on."""
    rows = Thesis.objects.filter(workspace__in=Workspace.objects.live().with_seat(student, Seat.AUTHOR))
    rows = rows.exclude(state__in=ENDED).select_related("workspace")
    return rows.order_by("-workspace__created_at", "-pk").first()
