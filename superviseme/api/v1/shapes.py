"""What things look like as JSON: names as in the house, moments in UTC, texts as Markdown."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from ninja import Field, Schema

from superviseme.notifications.sentences import link_for
from superviseme.policy.actions import Action
from superviseme.policy.check import can


class Somebody(Schema):
    id: int
    name: str = Field(alias="full_name")


class PersonOut(Somebody):
    email: str
    affiliation: str
    degree_course: str
    orcid: str
    picture: str = Field(description="Where its bytes are, for this token too; empty without one")

    @staticmethod
    def resolve_picture(row: Any) -> str:
        return f"{settings.BASE_URL}{reverse('api_picture', args=[row.pk, row.picture])}" if row.picture_url else ""


class HasPage(Schema):
    url: str = Field(description="The page for people")

    @staticmethod
    def resolve_url(row: Any) -> str:
        return f"{settings.BASE_URL}{row.get_absolute_url()}"


class MemberOut(Schema):
    person: Somebody
    seat: str
    label: str


class WorkspaceOut(HasPage):
    id: int
    kind: str
    title: str
    description: str
    created_at: dt.datetime
    active_at: dt.datetime
    edited_at: dt.datetime | None
    frozen_at: dt.datetime | None
    frozen_why: str
    version: int
    people: list[MemberOut]

    @staticmethod
    def resolve_people(row: Any) -> list[Any]:
        return list(row.members.all())


class ThesisFacts(Schema):
    topic: int | None = Field(alias="topic_id")
    level: str
    state: str
    state_since: dt.datetime
    submit_by: dt.date | None
    defence_at: dt.datetime | None
    defence_place: str
    outcome: str
    grade: Decimal | None = Field(description="null as long as you may not read it")
    grade_out_of: Decimal | None

    @staticmethod
    def resolve_grade(thesis: Any, context: Any) -> Any:
        return thesis.grade if may_read_grade(thesis, context) else None

    @staticmethod
    def resolve_grade_out_of(thesis: Any, context: Any) -> Any:
        return thesis.grade_out_of if may_read_grade(thesis, context) else None


def may_read_grade(thesis: Any, context: Any) -> bool:
    return bool(can(context["request"].user, Action.THESIS_RESULTS, thesis))


class ThesisOut(WorkspaceOut):
    thesis: ThesisFacts


class ProjectFacts(Schema):
    kind: str
    state: str
    state_since: dt.datetime
    starts_on: dt.date | None
    ends_on: dt.date | None
    funding: str


class ProjectOut(WorkspaceOut):
    project: ProjectFacts


class TopicOut(HasPage):
    id: int
    title: str
    summary: str
    description: str
    prerequisites: str
    area: str
    level: str
    state: str
    capacity: int
    places_left: int
    keywords: list[str]
    publisher: Somebody
    supervisors: list[Somebody]
    published_at: dt.datetime
    version: int

    @staticmethod
    def resolve_keywords(row: Any) -> list[str]:
        return [keyword.word for keyword in row.keywords.all()]

    @staticmethod
    def resolve_supervisors(row: Any) -> list[Any]:
        return [one.person for one in row.supervisors.all()]


class NoticeOut(Schema):
    id: int
    verb: str
    who: str
    says: str = Field(description="Completes the sentence that begins with `who`")
    place: str
    link: str
    workspace: int | None
    created_at: dt.datetime
    read_at: dt.datetime | None

    @staticmethod
    def resolve_link(row: Any) -> str:
        link = link_for(row.event, row.recipient_id)
        return f"{settings.BASE_URL}{link}" if link else ""

    @staticmethod
    def resolve_workspace(row: Any) -> int | None:
        number: int | None = row.event.workspace_number
        return number
