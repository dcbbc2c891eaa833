"""Theses, projects and what hangs on them: states, counters and seats that no action would have left."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from superviseme.ops.checks import Probe, Status
from superviseme.ops.purge.actions import PURGES, kept
from superviseme.policy.roles import Kind, Seat
from superviseme.theses.models import Interest, InterestState, StateChange, Submission, Thesis, Topic
from superviseme.theses.states import ENDED, State
from superviseme.web.time import now
from superviseme.workspaces.models import (
    Comment,
    Document,
    Goal,
    Meeting,
    Member,
    Milestone,
    Todo,
    TodoMention,
    Workspace,
)
from superviseme.workspaces.people.queries import RANK

from .rows import none_of

PAST = "Rows were written past the program (a script, a partial restore)."
COUNTED = {"todo": Todo, "goal": Goal, "milestone": Milestone, "meeting": Meeting, "file": Document}
PURGE_IS_LATE = timedelta(days=2)


def _without_satellite(kind: Kind) -> QuerySet[Workspace]:
    return Workspace.objects.filter(kind=kind, **{f"{kind}__isnull": True})


def _of_other_kind() -> QuerySet[Workspace]:
    return Workspace.objects.filter(
        Q(kind=Kind.THESIS, project__isnull=False) | Q(kind=Kind.PROJECT, thesis__isnull=False)
    )


def _without_seat(seat: Seat, workspaces: QuerySet[Workspace]) -> QuerySet[Workspace]:
    held = Member.objects.filter(workspace=OuterRef("pk"), seat=seat)
    return workspaces.filter(~Exists(held), deleted_at=None)


def _going_on() -> QuerySet[Workspace]:
    return Workspace.objects.filter(kind=Kind.THESIS).exclude(thesis__state__in=[*ENDED, State.PROPOSED])


def _state_without_history() -> QuerySet[Thesis]:
    """The newest change says another state than the thesis."""
    newest = StateChange.objects.filter(thesis=OuterRef("pk")).order_by("-at", "-pk").values("target")[:1]
    return Thesis.objects.annotate(said=Subquery(newest)).exclude(said=None).exclude(said=F("state"))


def _unlocked() -> QuerySet[Submission]:
    return Submission.objects.filter(version__locked_at=None)


def _graded_halfway() -> QuerySet[Thesis]:
    return Thesis.objects.filter(Q(graded_at=None, graded_by__isnull=False) | Q(grade__gt=F("grade_out_of")))


def _miscounted_topics() -> QuerySet[Topic]:
    holding = Q(theses__workspace__deleted_at=None) & ~Q(theses__state=State.WITHDRAWN)
    return Topic.objects.annotate(held=Count("theses", filter=holding)).exclude(held=F("taken"))


def _asked_for_nothing() -> QuerySet[Interest]:
    return Interest.objects.filter(state=InterestState.PENDING, topic__deleted_at__isnull=False)


def _settled_by_nobody() -> QuerySet[Interest]:
    settled = [InterestState.ACCEPTED, InterestState.DECLINED]
    return Interest.objects.filter(state__in=settled, handled_at=None)


def _counter_behind(name: str) -> QuerySet[Workspace]:
    """The next number of this noun was given before."""
    highest = (
        COUNTED[name].objects.filter(workspace=OuterRef("pk")).order_by().values("workspace").annotate(n=Max("number"))
    )
    return Workspace.objects.annotate(highest=Subquery(highest.values("n"))).filter(highest__gt=F(f"last_{name}"))


def _foreign_mentions() -> QuerySet[TodoMention]:
    here = F("todo__workspace")
    return TodoMention.objects.exclude(
        Q(update__workspace=here) | Q(comment__workspace=here) | Q(meeting__workspace=here)
    )


def _lost_comments() -> QuerySet[Comment]:
    return Comment.objects.exclude(workspace=F("update__workspace")) | Comment.objects.filter(
        parent__isnull=False
    ).exclude(parent__update=F("update"))


def _misranked() -> QuerySet[Member]:
    right = Q()
    for seat, rank in RANK.items():
        right |= Q(seat=seat, seat_rank=rank)
    return Member.objects.exclude(right)


def _not_purged() -> Iterator[str]:
    for model in PURGES:
        if model in (Document, Comment):  # kept while something handed in, or an answer, hangs on them
            continue
        late = model._default_manager.filter(deleted_at__lt=now() - kept() - PURGE_IS_LATE)
        yield from (f"{model._meta.label_lower} {pk}" for pk in late.values_list("pk", flat=True)[:100])


PROBES: tuple[Probe, ...] = (
    none_of(
        "theses.whole",
        "every workspace of a thesis has its thesis",
        lambda: _without_satellite(Kind.THESIS),
        cause=PAST,
        fix="restore the row from a backup, or delete the workspace",
    ),
    none_of(
        "projects.whole",
        "every workspace of a project has its project",
        lambda: _without_satellite(Kind.PROJECT),
        cause=PAST,
        fix="restore the row from a backup, or delete the workspace",
    ),
    none_of(
        "workspaces.kind",
        "no workspace is of one kind and has the row of the other",
        _of_other_kind,
        cause=PAST,
        fix="remove the row that does not belong to the workspace's kind",
    ),
    none_of(
        "theses.supervised",
        "every thesis under way has a supervisor",
        lambda: _without_seat(Seat.SUPERVISOR, _going_on()),
        cause="It was imported without one, or the seat was removed past the program.",
        fix="add a supervisor on the thesis's page of people",
        status=Status.WARNING,
    ),
    none_of(
        "theses.authored",
        "every thesis under way has an author",
        lambda: _without_seat(Seat.AUTHOR, _going_on()),
        cause="It was imported without one, or the seat was removed past the program.",
        fix="assign a student, or withdraw the thesis",
        status=Status.WARNING,
    ),
    none_of(
        "projects.led",
        "every project has a lead",
        lambda: _without_seat(Seat.AUTHOR, Workspace.objects.filter(kind=Kind.PROJECT)),
        cause=PAST,
        fix="give somebody the lead on the project's page of people",
    ),
    none_of(
        "theses.state_told",
        "the state of every thesis is the last one in its history",
        _state_without_history,
        cause="The state was changed past the program, so nobody was told.",
        fix="move the state on the thesis's page; that writes the history",
    ),
    none_of(
        "theses.hand_in_locked",
        "every version that was handed in is locked",
        _unlocked,
        cause=PAST,
        fix="set locked_at of the version to the moment of the hand-in",
    ),
    none_of(
        "theses.grade_possible",
        "no grade is above its scale or given by somebody at no time",
        _graded_halfway,
        cause=PAST,
        fix="record the grade again on the thesis's page",
    ),
    none_of(
        "topics.places",
        "the places taken of every topic are its theses",
        _miscounted_topics,
        cause="A thesis was added, removed or withdrawn past the program.",
        fix="set taken to the number of its theses that are neither deleted nor withdrawn",
    ),
    none_of(
        "interests.reachable",
        "nobody waits for an answer about a deleted topic",
        _asked_for_nothing,
        cause="The topic was deleted past the program.",
        fix="restore the topic and answer, or close the request",
    ),
    none_of(
        "interests.settled",
        "every answer to a request says when it was given",
        _settled_by_nobody,
        cause=PAST,
        fix="set handled_at",
    ),
    *(
        none_of(
            f"numbers.{name}",
            f"no workspace would give the number of a {name} twice",
            lambda name=name: _counter_behind(name),  # type: ignore[misc]  # the default binds the loop's value
            cause="Rows were copied in without raising the workspace's counter.",
            fix=f"set last_{name} of the workspace to its highest number",
        )
        for name in COUNTED
    ),
    none_of(
        "mentions.within",
        "no text mentions a to-do of another workspace",
        _foreign_mentions,
        cause=PAST,
        fix="save the text again; its mentions are made anew",
    ),
    none_of(
        "comments.in_place",
        "every comment stands in the workspace and thread of its update",
        _lost_comments,
        cause=PAST,
        fix="set workspace and parent to those of the update",
    ),
    none_of(
        "seats.ranked",
        "people are listed in the order of their seats",
        _misranked,
        cause=PAST,
        fix="set seat_rank by the seat: author 0, supervisor 1, collaborator 2, examiner 3",
        status=Status.WARNING,
    ),
    none_of(
        "deleted.purged",
        "nothing deleted is kept beyond its 30 days",
        _not_purged,
        cause="The job «purge» has not run for days.",
        fix="./runbook scheduler status says why",
        status=Status.WARNING,
    ),
)
