"""All tables of the shared room, gathered from the nouns for Django."""

from .files.models import Document, FileVersion
from .goals.models import Goal
from .meetings.models import Attendee, Meeting
from .milestones.models import Milestone
from .room.models import Member, Workspace
from .todos.models import Todo, TodoMention
from .updates.models import Attachment, Comment, Tag, Update

__all__ = [
    "Attachment",
    "Attendee",
    "Comment",
    "Document",
    "FileVersion",
    "Goal",
    "Meeting",
    "Member",
    "Milestone",
    "Tag",
    "Todo",
    "TodoMention",
    "Update",
    "Workspace",
]
