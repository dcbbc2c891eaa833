from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.functional import cached_property

from superviseme.policy.roles import Kind, Seat
from superviseme.web.addresses import reverse
from superviseme.web.labels import labelled
from superviseme.web.time import now

from ..things import together

PERSON = settings.AUTH_USER_MODEL


class WorkspaceQuerySet(models.QuerySet["Workspace"]):
    def live(self) -> Self:
        return self.filter(deleted_at=None)

    def visible_to(self, person: Any) -> Self:
        """What `can(person, WORKSPACE_VIEW)` allows, as a list; without the deleted."""
        return self.live().reachable_by(person)

    def reachable_by(self, person: Any) -> Self:
        """The same with the deleted ones: for restoring."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_admin:
            return self
        return self.filter(pk__in=Member.objects.filter(person=person).values("workspace"))

    def with_seat(self, person: Any, *seats: Seat) -> Self:
        return self.filter(pk__in=Member.objects.filter(person=person, seat__in=seats).values("workspace"))

    def with_people(self) -> Self:
        """Seats and their people in one further query."""
        return self.prefetch_related(
            Prefetch("members", Member.objects.select_related("person").order_by("seat_rank", "pk"))
        )


class Workspace(models.Model):
    """The room of a thesis or a project: one table, so that every feature is written once."""

    kind = models.CharField(
        max_length=10, choices=[(Kind.THESIS, Kind.THESIS.label), (Kind.PROJECT, Kind.PROJECT.label)]
    )
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    frozen_why = models.CharField(max_length=300, blank=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    active_at = models.DateTimeField(default=now)  # last thing somebody did in it
    last_todo = models.PositiveIntegerField(default=0)
    last_goal = models.PositiveIntegerField(default=0)
    last_milestone = models.PositiveIntegerField(default=0)
    last_meeting = models.PositiveIntegerField(default=0)
    last_file = models.PositiveIntegerField(default=0)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["thesis", "project"]), name="workspace_kind_known"),
            models.CheckConstraint(condition=together("deleted_at", "deleted_by"), name="workspace_deleted_by_and_at"),
            models.CheckConstraint(condition=together("frozen_at", "frozen_by"), name="workspace_frozen_by_and_at"),
        ]
        indexes = [models.Index(fields=["kind", "-active_at", "-id"]), models.Index(fields=["-active_at", "-id"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workspace", args=[self.pk])

    @property
    def policy_kind(self) -> str:
        return self.kind

    @cached_property
    def seats(self) -> dict[int, Seat]:
        """{person id: seat}; one query, none when `members` is prefetched. `forget_seats` after a change."""
        return {m.person_id: Seat(m.seat) for m in self._members}

    @cached_property
    def muted_by(self) -> frozenset[int]:
        """Numbers of the people who do not want to hear of what goes to everybody here; costs what `seats` cost."""
        return frozenset(m.person_id for m in self._members if m.muted)

    @cached_property
    def _members(self) -> list["Member"]:
        return list(self.members.all())

    def seat_of(self, person: Any) -> Seat | None:
        return self.seats.get(person.pk)

    def forget_seats(self) -> None:
        for name in ("seats", "muted_by", "_members"):
            self.__dict__.pop(name, None)
        getattr(self, "_prefetched_objects_cache", {}).pop("members", None)

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    def search_entry(self) -> dict[str, Any] | None:
        if self.deleted_at:
            return None
        return {
            "title": self.title,
            "body": self.description,
            "link": self.get_absolute_url(),
            "workspace_number": self.pk,
            "public": False,
        }


class Member(models.Model):
    """A person's seat in a workspace. Only people/actions.py writes these."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="seats")
    seat = models.CharField(max_length=20, choices=Seat)
    seat_rank = models.PositiveSmallIntegerField(default=0)  # author 0, supervisor 1, collaborator 2, examiner 3
    label = models.CharField(max_length=60, blank=True)  # such as co-investigator
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=now)
    muted = models.BooleanField(default=False)
    get_seat_display = labelled("seat")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "person"], name="member_one_seat"),
            models.CheckConstraint(condition=Q(seat__in=Seat.values), name="member_seat_known"),
        ]
        indexes = [models.Index(fields=["person", "seat"])]
