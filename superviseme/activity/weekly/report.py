"""The report of a supervisor's week and the plan of a writer's, as their letters and previews show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.outbox.letters import link_to
from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.policy.roles import Role, Seat
from superviseme.theses.models import Interest, InterestState, Topic
from superviseme.theses.states import label_of
from superviseme.workspaces.models import Member

from ..silence.queries import Quiet, quiet_of, with_signs
from . import facts
from .facts import Item, under_way

SHOWN = 6  # lines of one kind and thesis


@dataclass
class Section:
    """One thesis in the report."""

    title: str
    link: str
    students: str
    state: str
    quiet: Quiet
    waits: list[Item] = field(default_factory=list)
    due: list[Item] = field(default_factory=list)
    happened: list[Item] = field(default_factory=list)
    more: int = 0  # that happened and is not shown

    @property
    def order(self) -> tuple[bool, bool, str]:
        return (not self.quiet.is_silent, not self.waits, self.title.casefold())


def supervisors() -> list[Person]:
    """Everybody with a supervisor's seat in work under way, and the role that keeps the seat awake."""
    return _seated(Seat.SUPERVISOR, Role.SUPERVISOR)


def writers() -> list[Person]:
    """Whoever writes something under way and asked for a plan."""
    return [p for p in _seated(Seat.AUTHOR, *Role) if hasattr(p, "habits") and p.habits.weekly_plan]


def report_for(person: Person, week: str) -> dict[str, Any] | None:
    """What the letter says, in the language and zone that hold; None when there is nothing to report, as to who keeps the
    seat without the role."""
    if not can(person, Action.OWN_SUPERVISION_VIEW):
        return None
    rows = with_signs(under_way()).with_seat(person, Seat.SUPERVISOR).select_related("thesis").with_people()
    spaces = list(rows.order_by("title", "pk"))
    if not spaces:
        return None
    sections = {w.pk: _section(w) for w in spaces}
    authors = {pk for w in spaces for pk, seat in w.seats.items() if seat == Seat.AUTHOR}
    for item in facts.waits_for(person, sections):
        sections[item.workspace].waits.append(item)
    for item in [*facts.hand_ins(spaces), *facts.due_in(sections, whose=authors)]:
        sections[item.workspace].due.append(item)
    _happened(sections, facts.happened(sections, person))
    theses = sorted(sections.values(), key=lambda s: s.order)
    return {
        "week": week,
        "theses": theses,
        "requests": _requests(person),
        "silent": sum(s.quiet.is_silent for s in theses),
        "waiting": sum(len(s.waits) for s in theses),
        "why": _("You get this mail every week because you supervise these theses."),
    }


def plan_for(person: Person, week: str) -> dict[str, Any] | None:
    """The coming week of who writes: late and due, meetings, and what others wait for."""
    spaces = list(under_way().with_seat(person, Seat.AUTHOR).select_related("thesis"))
    if not spaces:
        return None
    keys = [w.pk for w in spaces]
    return {
        "week": week,
        "titles": ", ".join(w.title for w in spaces),
        "due": [*facts.hand_ins(spaces), *facts.due_in(keys, whose=[person.pk])],
        "meetings": facts.meetings_of(person, keys),
        "happened": facts.happened(keys, person)[: 2 * SHOWN],
        "desk": link_to("/"),
        "why": _("You get this mail every week because you asked for a plan of your week."),
    }


def _section(w: Any) -> Section:
    students = ", ".join(m.person.full_name for m in w.members.all() if m.seat == Seat.AUTHOR)
    state = label_of(w.thesis.state)
    return Section(w.title, link_to(w.get_absolute_url()), students, state, quiet_of(w))


def _happened(sections: dict[int, Section], items: Iterable[Item]) -> None:
    of: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        of[item.workspace].append(item)
    for pk, found in of.items():
        sections[pk].happened, sections[pk].more = found[:SHOWN], max(len(found) - SHOWN, 0)


def _requests(person: Person) -> list[Item]:
    """Students who wait for an answer about a topic."""
    rows = Interest.objects.filter(state=InterestState.PENDING, topic__in=Topic.objects.offered_by(person))
    rows = rows.select_related("topic", "student").order_by("created_at", "pk")[:50]
    says = _("%(name)s would like to work on «%(title)s»")
    return [
        Item(0, says % {"name": i.student.full_name, "title": i.topic.title}, link_to(i.topic.get_absolute_url()))
        for i in rows
    ]


def _seated(seat: Seat, *roles: Role) -> list[Person]:
    seated = Member.objects.filter(seat=seat, workspace__in=under_way()).values("person")
    people = Person.objects.active().with_role(*roles).filter(pk__in=seated, is_smoke=False)
    return list(people.select_related("habits").prefetch_related("grants").order_by("pk"))
