from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from superviseme.policy.roles import Kind, Seat
from superviseme.web.addresses import reverse
from superviseme.web.labels import labelled
from superviseme.web.time import now
from superviseme.workspaces.things import together

from .evaluation.models import Evaluation, Submission
from .interest.models import Interest, InterestState
from .levels import Level, label_of_its_level
from .progress.models import StateChange
from .states import State, label_of_its_state

__all__ = [
    "Evaluation",
    "Interest",
    "InterestState",
    "Keyword",
    "Level",
    "StateChange",
    "Submission",
    "Thesis",
    "Topic",
    "TopicQuerySet",
    "TopicState",
    "TopicSupervisor",
]

PERSON = settings.AUTH_USER_MODEL


OUTCOMES = [("passed", _("Passed")), ("failed", pgettext_lazy("of a thesis", "Failed"))]


class TopicState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", pgettext_lazy("a state", "Open")
    CLOSED = "closed", _("Closed")


class TopicQuerySet(models.QuerySet["Topic"]):
    def live(self) -> Self:
        return self.filter(deleted_at=None)

    def public(self) -> Self:
        """The catalogue: open and with a free place."""
        return self.live().filter(state=TopicState.OPEN, taken__lt=models.F("capacity"))

    def once_offered(self) -> Self:
        """Was in the catalogue, and is not now: closed, or without a free place."""
        full = Q(state=TopicState.OPEN, taken__gte=models.F("capacity"))
        return self.live().filter(full | Q(state=TopicState.CLOSED))

    def offered_by(self, person: Any) -> Self:
        """Topics a person publishes or supervises."""
        return self.live().offers_of(person)

    def offers_of(self, person: Any) -> Self:
        """The same with the deleted ones."""
        return self.filter(
            Q(publisher=person) | Exists(TopicSupervisor.objects.filter(topic=OuterRef("pk"), person=person))
        )

    def reachable_by(self, person: Any) -> Self:
        """What a person may handle, with the deleted ones; everything for administrators."""
        return self if person.is_admin else self.offers_of(person)

    def visible_to(self, person: Any) -> Self:
        """The public ones for everybody; one's own, those one asked for or works on; everything for administrators."""
        if not person.is_authenticated or not person.is_active:
            return self.public()
        if person.is_admin:
            return self.live()
        asked = Interest.objects.filter(topic=OuterRef("pk"), student=person)
        own = TopicSupervisor.objects.filter(topic=OuterRef("pk"), person=person)
        works = Thesis.objects.filter(
            topic=OuterRef("pk"), workspace__members__person=person, workspace__deleted_at=None
        )
        public = Q(state=TopicState.OPEN, taken__lt=models.F("capacity"))
        return self.live().filter(public | Q(publisher=person) | Exists(asked) | Exists(own) | Exists(works))


class Topic(models.Model):
    """A public offer: a description, supervisors, a number of places. Accepting an interest makes a Thesis."""

    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    description = models.TextField(blank=True)
    prerequisites = models.TextField(blank=True)
    area = models.CharField(max_length=120, blank=True)  # the predecessor's "topic"
    level = models.CharField(max_length=10, choices=Level, default=Level.MASTER)
    state = models.CharField(max_length=10, choices=TopicState, default=TopicState.DRAFT)
    capacity = models.PositiveSmallIntegerField(default=1)
    taken = models.PositiveSmallIntegerField(default=0)  # theses not withdrawn; claimed by conditional UPDATE
    publisher = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="published_topics")
    created_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(default=now)  # when last put into the catalogue; a draft's creation
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TopicQuerySet.as_manager()
    policy_kind = Kind.TOPIC
    get_level_display = label_of_its_level
    get_state_display = labelled("state")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TopicState.values), name="topic_state_known"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="topic_level_known"),
            models.CheckConstraint(condition=Q(taken__lte=models.F("capacity")), name="topic_not_overbooked"),
            models.CheckConstraint(condition=together("deleted_at", "deleted_by"), name="topic_deleted_by_and_at"),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"]),
            models.Index(fields=["-created_at", "-id"]),
            models.Index(fields=["publisher"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.pk])

    @property
    def creator_id(self) -> int:
        return self.publisher_id

    @property
    def places_left(self) -> int:
        return max(self.capacity - self.taken, 0)

    @property
    def takes_interests(self) -> bool:
        return self.deleted_at is None and self.state == TopicState.OPEN and self.places_left > 0

    @cached_property
    def seats(self) -> dict[int, Seat]:
        """{person id: seat}: supervisors, and the publisher as author."""
        found = {row.person_id: Seat.SUPERVISOR for row in self.supervisors.all()}
        return {**found, self.publisher_id: Seat.AUTHOR}

    def seat_of(self, person: Any) -> Seat | None:
        return self.seats.get(person.pk)

    def search_entry(self) -> dict[str, Any] | None:
        if self.deleted_at:
            return None
        return {
            "title": self.title,
            "body": "\n".join([self.summary, self.description, self.prerequisites, self.area]),
            "link": self.get_absolute_url(),
            "workspace_number": None,
            "public": self.takes_interests,
        }


class TopicSupervisor(models.Model):
    """Who offers a topic beside its publisher, and supervises the theses made from it."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="supervisors")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="topic_supervisor_once")]
        ordering = ["pk"]


class Keyword(models.Model):
    """A keyword of a topic or of a thesis; the same word once, in any case (`folded`)."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="keywords")
    thesis = models.ForeignKey("theses.Thesis", on_delete=models.CASCADE, null=True, related_name="keywords")
    word = models.CharField(max_length=50)
    folded = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "folded"], condition=Q(topic__isnull=False), name="keyword_topic_once"
            ),
            models.UniqueConstraint(
                fields=["thesis", "folded"], condition=Q(thesis__isnull=False), name="keyword_thesis_once"
            ),
            models.CheckConstraint(
                condition=Q(topic__isnull=False, thesis=None) | Q(topic=None, thesis__isnull=False),
                name="keyword_of_one",
            ),
        ]
        indexes = [models.Index(fields=["folded"])]
        ordering = ["pk"]


class Thesis(models.Model):
    """What only a thesis has: its workspace holds the rest."""

    workspace = models.OneToOneField("workspaces.Workspace", on_delete=models.PROTECT, related_name="thesis")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="theses")
    level = models.CharField(max_length=10, choices=Level, default=Level.MASTER)
    state = models.CharField(max_length=15, choices=State, default=State.PROPOSED)
    state_since = models.DateTimeField(default=now)
    submit_by = models.DateField(null=True, blank=True)  # the day the hand-in is due, end of day in the site's zone
    defence_at = models.DateTimeField(null=True, blank=True)
    defence_place = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=OUTCOMES)
    grade = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    grade_out_of = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    graded_at = models.DateTimeField(null=True)
    graded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    get_level_display = label_of_its_level
    get_state_display = label_of_its_state

    class Meta:
        verbose_name_plural = "theses"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="thesis_state_known"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="thesis_level_known"),
        ]
        indexes = [models.Index(fields=["state", "level"]), models.Index(fields=["topic"])]

    @property
    def title(self) -> str:
        return self.workspace.title

    def get_absolute_url(self) -> str:
        return self.workspace.get_absolute_url()
