"""What is not in one workspace: people, theses, projects, topics, notices."""

from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from superviseme.notifications.inbox.queries import inbox
from superviseme.policy.roles import Kind
from superviseme.projects.models import ProjectState
from superviseme.theses.access import thesis_for
from superviseme.theses.models import Topic, TopicState
from superviseme.theses.states import State
from superviseme.theses.topics.queries import with_people
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.room.access import workspace_for

from ..tokens.models import Area
from . import reads
from .doors import Room, listed, rows_of
from .shapes import NoticeOut, PersonOut, ProjectOut, ThesisOut, TopicOut, WorkspaceOut

people = Room(Area.PEOPLE, "People")
workspaces = Room(Area.WORKSPACES, "Workspaces")
topics = Room(Area.TOPICS, "Topics")
notices = Room(Area.NOTICES, "Notices")
ThesisState = Literal[tuple(State.values)]  # type: ignore[valid-type]  # the words stand in one table
StateOfProject = Literal[tuple(ProjectState.values)]  # type: ignore[valid-type]  # as above
StateOfTopic = Literal[tuple(TopicState.values)]  # type: ignore[valid-type]  # as above


@people.answers("GET", "/me", "me", gives=PersonOut, says="Whose token this is")
def me(request: HttpRequest) -> Any:
    return request.user


@people.answers("GET", "/people", "people", gives=rows_of(PersonOut), says="People you share a workspace with")
def index(request: HttpRequest, after: str = "") -> Any:
    return listed(reads.people_page(request.user, after))


@people.answers("GET", "/people/{int:pk}", "person", gives=PersonOut, says="One of them")
def person(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(reads.people_seen_by(request.user), pk=pk)


@workspaces.answers("GET", "/workspaces", "workspaces", gives=rows_of(WorkspaceOut), says="Theses and projects")
def every_workspace(request: HttpRequest, after: str = "") -> Any:
    return listed(reads.workspaces_page(request.user, after))


@workspaces.answers("GET", "/workspaces/{int:pk}", "workspace", gives=WorkspaceOut, says="One workspace")
def workspace(request: HttpRequest, pk: int) -> Any:
    return workspace_for(request, pk)


@workspaces.answers("GET", "/theses", "theses", gives=rows_of(ThesisOut), says="Theses you can see")
def theses(request: HttpRequest, after: str = "", state: ThesisState | None = None) -> Any:  # type: ignore[valid-type]  # as above
    return listed(reads.workspaces_page(request.user, after, Kind.THESIS, state or ""))


@workspaces.answers("GET", "/theses/{int:pk}", "thesis", gives=ThesisOut, says="One thesis, by its workspace")
def thesis(request: HttpRequest, pk: int) -> Any:
    return thesis_for(request, pk).workspace


@workspaces.answers("GET", "/projects", "projects", gives=rows_of(ProjectOut), says="Projects you can see")
def projects(request: HttpRequest, after: str = "", state: StateOfProject | None = None) -> Any:  # type: ignore[valid-type]  # as above
    return listed(reads.workspaces_page(request.user, after, Kind.PROJECT, state or ""))


@workspaces.answers("GET", "/projects/{int:pk}", "project", gives=ProjectOut, says="One project, by its workspace")
def project(request: HttpRequest, pk: int) -> Any:
    get_object_or_404(Workspace.objects.visible_to(request.user), pk=pk, kind=Kind.PROJECT)
    return workspace_for(request, pk)


@topics.answers("GET", "/topics", "topics", gives=rows_of(TopicOut), says="The catalogue, and what you offer")
def every_topic(request: HttpRequest, after: str = "", state: StateOfTopic | None = None) -> Any:  # type: ignore[valid-type]  # as above
    return listed(reads.topics_page(request.user, after, state or ""))


@topics.answers("GET", "/topics/{int:pk}", "topic", gives=TopicOut, says="One topic")
def topic(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(with_people(Topic.objects.visible_to(request.user)), pk=pk)


@notices.answers("GET", "/notices", "notices", gives=rows_of(NoticeOut), says="Your inbox, the newest first")
def every_notice(request: HttpRequest, after: str = "", unread: bool = False) -> Any:
    return listed(inbox(request.user, unread=unread, after=after))
