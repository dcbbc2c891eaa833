"""Requests shaped for those who asked and those who answer."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When

from superviseme.accounts.models import Person
from superviseme.policy.roles import Seat
from superviseme.web.paging import Page, keyset_page
from superviseme.workspaces.models import Member

from ..models import Interest, InterestState, Thesis, Topic, TopicSupervisor
from ..states import ENDED


def asked_by(person: Person, topic: Topic) -> Interest | None:
    """The person's newest request for this topic."""
    rows = topic.interests.filter(student=person).select_related("handled_by", "thesis__workspace")
    return rows.order_by("-created_at", "-pk").first()


def asking_for(topic: Topic) -> list[Interest]:
    """Who asked, those who wait first and in the order in which they came."""
    waits_first = Case(When(state=InterestState.PENDING, then=Value(0)), default=Value(1))
    rows = topic.interests.select_related("student", "handled_by", "thesis__workspace").annotate(settled=waits_first)
    found = list(_with_other_theses(rows).order_by("settled", "created_at", "pk")[:200])
    for interest in found:
        interest.topic = topic
    return found


def history_of(student: Person, *, after: str = "") -> Page:
    """Everything a student asked for, newest first, each with `.href`: a page that this student can open, or none."""
    rows = Interest.objects.filter(student=student).select_related(
        "handled_by", "thesis__workspace", "topic__publisher"
    )
    seat = Member.objects.filter(workspace=OuterRef("thesis__workspace"), person=student)
    rows = rows.annotate(seated=Exists(seat)).prefetch_related(
        Prefetch("topic__supervisors", TopicSupervisor.objects.select_related("person"))
    )
    page = keyset_page(rows, order=("-created_at", "-pk"), after=after)
    for interest in page.rows:
        interest.href = _link(interest)
    return page


def requests_for(person: Person, *, state: str = "pending", after: str = "") -> Page:
    """Requests for the topics a person offers; an administrator sees everybody's."""
    rows = Interest.objects.filter(topic__in=Topic.objects.live().reachable_by(person))
    if state in InterestState.values:
        rows = rows.filter(state=state)
    rows = rows.select_related("student", "handled_by", "topic__publisher", "thesis__workspace")
    rows = _with_other_theses(rows).prefetch_related("topic__supervisors")
    order = ("created_at", "pk") if state == InterestState.PENDING else ("-created_at", "-pk")
    return keyset_page(rows, order=order, after=after)


def _with_other_theses(rows: QuerySet) -> Any:
    """Whether the student has a thesis that goes on."""
    running = Thesis.objects.filter(
        Q(workspace__members__person=OuterRef("student"), workspace__members__seat=Seat.AUTHOR),
        workspace__deleted_at=None,
    ).exclude(state__in=ENDED)
    return rows.annotate(has_thesis=Exists(running))


def _link(interest: Interest) -> str:
    thesis = interest.thesis
    if thesis and interest.seated and not thesis.workspace.deleted_at:
        return thesis.get_absolute_url()
    return "" if interest.topic.deleted_at else interest.topic.get_absolute_url()
