"""The people that the search finds: everybody for who administers, else those one shares a thesis or project with."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from superviseme.accounts.models import Person, PersonQuerySet
from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.policy.roles import Kind, Seat
from superviseme.projects.models import OVER
from superviseme.theses.states import ENDED
from superviseme.web.paging import PAGE
from superviseme.workspaces.models import Member, Workspace

AMONG_OTHERS = 5  # above what else was found


@dataclass(frozen=True)
class Somebody:
    name: str
    link: str
    email: str
    picture: str
    where: str = ""


def find_people(person: Any, words: list[str], *, page: int = 0, most: int = PAGE) -> list[Somebody]:
    """One more than `most`, when there are more; none without a word."""
    if not words or not person.is_authenticated:
        return []
    everybody = bool(can(person, Action.PERSON_MANAGE))
    rows = Person.objects.filter(erased_at=None) if everybody else _beside(person)
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(surname__icontains=word) | Q(email__icontains=word))
    found = list(rows.alphabetical()[page * most : (page + 1) * most + 1])
    if everybody:
        return [Somebody(one.full_name, reverse("user", args=[one.pk]), one.email, one.picture_url) for one in found]
    places = _places(person, found)
    return [
        Somebody(one.full_name, places[one.pk].get_absolute_url(), one.email, one.picture_url, places[one.pk].title)
        for one in found
        if one.pk in places
    ]


def _beside(person: Any) -> PersonQuerySet:
    seats = Member.objects.filter(workspace__in=Workspace.objects.visible_to(person).values("pk"))
    return Person.objects.filter(pk__in=seats.values("person"), erased_at=None).exclude(pk=person.pk)


def _places(person: Any, found: list[Person]) -> dict[int, Workspace]:
    """Where each is met: in what goes on before what has ended, in what they write themselves before what they take part
    in, the newest first."""
    seats = Member.objects.filter(person__in=found, workspace__in=Workspace.objects.visible_to(person).values("pk"))
    places: dict[int, Workspace] = {}
    seats = seats.select_related("workspace__thesis", "workspace__project")
    for seat in sorted(seats, key=lambda s: (_is_over(s.workspace), s.seat != Seat.AUTHOR, -s.workspace_id)):
        places.setdefault(seat.person_id, seat.workspace)
    return places


def _is_over(workspace: Workspace) -> bool:
    ended = workspace.thesis.state in ENDED if workspace.kind == Kind.THESIS else workspace.project.state in OVER
    return ended or workspace.is_frozen
