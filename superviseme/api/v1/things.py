"""What lies in a workspace, as JSON."""

import datetime as dt
from typing import Any

from ninja import Field, Schema

from .shapes import HasPage, Somebody


class ThingOut(HasPage):
    """What all of them share; `version` guards an edit against another one."""

    created_by: Somebody
    created_at: dt.datetime
    edited_at: dt.datetime | None
    version: int


class NumberedOut(ThingOut):
    number: int = Field(description="Within its workspace, for ever")
    title: str


class TodoOut(NumberedOut):
    description: str
    state: str
    priority: int = Field(description="1 high, 2 medium, 3 low")
    due_on: dt.date | None
    assignee: Somebody | None
    meeting: int | None = Field(description="The number of the meeting it was agreed in")
    closed_at: dt.datetime | None
    closed_by: Somebody | None

    @staticmethod
    def resolve_meeting(row: Any) -> int | None:
        return row.meeting.number if row.meeting else None


class MilestoneOut(NumberedOut):
    description: str
    due_on: dt.date
    reached_at: dt.datetime | None
    reached_by: Somebody | None


class GoalOut(NumberedOut):
    kind: str
    description: str
    state: str
    frozen_at: dt.datetime | None


class AttendeeOut(Schema):
    person: Somebody
    confirmed_at: dt.datetime | None


class MeetingOut(NumberedOut):
    starts_at: dt.datetime
    minutes: int
    place: str
    link: str
    agenda: str
    notes: str
    decisions: str
    recorded_at: dt.datetime | None
    cancelled_at: dt.datetime | None
    attendees: list[AttendeeOut]

    @staticmethod
    def resolve_attendees(row: Any) -> list[Any]:
        return list(row.attendees.all())


class VersionOut(Schema):
    number: int
    filename: str
    size: int = Field(description="Bytes")
    content_type: str
    sha256: str
    note: str
    uploaded_by: Somebody
    uploaded_at: dt.datetime
    handed_in_at: dt.datetime | None = Field(alias="locked_at")


class FileOut(NumberedOut):
    kind: str
    description: str
    category: str
    address: str = Field(description="Of a link; empty for a file")
    versions: list[VersionOut]

    @staticmethod
    def resolve_address(row: Any) -> str:
        address: str = row.url
        return address

    @staticmethod
    def resolve_versions(row: Any) -> list[Any]:
        return list(row.versions.all())


class CommentOut(Schema):
    id: int
    parent: int | None = Field(alias="parent_id")
    is_feedback: bool
    text: str
    created_by: Somebody
    created_at: dt.datetime
    edited_at: dt.datetime | None
    version: int


class AttachmentOut(Schema):
    file: int = Field(description="The number of the file")
    version: int
    filename: str

    @staticmethod
    def resolve_file(row: Any) -> int:
        number: int = row.version.document.number
        return number

    @staticmethod
    def resolve_version(row: Any) -> int:
        number: int = row.version.number
        return number

    @staticmethod
    def resolve_filename(row: Any) -> str:
        name: str = row.version.filename
        return name


class UpdateOut(ThingOut):
    id: int
    kind: str
    text: str
    tags: list[str]
    attachments: list[AttachmentOut]
    comments: list[CommentOut]

    @staticmethod
    def resolve_tags(row: Any) -> list[str]:
        return [tag.word for tag in row.tags.all()]

    @staticmethod
    def resolve_attachments(row: Any) -> list[Any]:
        """A file that was deleted is not there any more."""
        return [one for one in row.attachments.all() if one.version.document.deleted_at is None]

    @staticmethod
    def resolve_comments(row: Any) -> list[Any]:
        return [comment for comment in row.all_comments if not comment.deleted_at]
