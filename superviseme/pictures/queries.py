"""One person's picture, with what the law asks: whether the reader meets this person here."""

from django.db.models import Exists, OuterRef, Q

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.notifications.models import Notice
from superviseme.theses.models import Interest, Topic, TopicSupervisor
from superviseme.workspaces.models import Member


def with_picture(pk: int, digest: str, *, seen_by: Person) -> Person | None:
    """The person whose present picture this is, with `.met`; one query."""
    rows = Person.objects.filter(pk=pk, picture=digest, erased_at=None).exclude(picture="")
    return rows.annotate(met=_met_by(seen_by)).first()


def _met_by(person: Person) -> Q:
    """Everywhere a name is shown beside a picture: a thesis or project that both are in, or in which they did
    something; a topic they offer, or ask for where the reader offers it; a notice of what they did."""
    them = OuterRef("pk")
    spaces = Member.objects.filter(person=person, workspace__deleted_at=None).values("workspace")
    topics = Topic.objects.visible_to(person).values("pk")
    offered = Topic.objects.offers_of(person).values("pk")
    return (
        Exists(Member.objects.filter(person=them, workspace__in=spaces))
        | Exists(Event.objects.filter(actor=them, workspace_number__in=spaces))
        | Exists(Topic.objects.filter(publisher=them, pk__in=topics))
        | Exists(TopicSupervisor.objects.filter(person=them, topic__in=topics))
        | Exists(Interest.objects.filter(student=them, topic__in=offered))
        | Exists(Notice.objects.filter(recipient=person, event__actor=them))
    )
