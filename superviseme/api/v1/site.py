"""What is not in one workspace: people, topics, notices."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja.responses import Status

from superviseme.notifications.inbox import actions as reading
from superviseme.notifications.inbox.queries import inbox, with_words
from superviseme.notifications.models import Notice
from superviseme.pictures.views import show as shown_picture
from superviseme.theses.models import Topic, TopicState
from superviseme.theses.topics.queries import with_people

from ..tokens.models import Area
from . import reads
from .doors import BYTES, Room, listed, rows_of
from .shapes import NoticeOut, PersonOut, TopicOut

people = Room(Area.PEOPLE, "People")
topics = Room(Area.TOPICS, "Topics")
notices = Room(Area.NOTICES, "Notices")
StateOfTopic = Literal[tuple(TopicState.values)]  # type: ignore[valid-type]  # the words stand in one table


@people.answers("GET", "/me", "me", gives=PersonOut, says="Whose token this is")
def me(request: HttpRequest) -> Any:
    return request.user


@people.answers("GET", "/people", "people", gives=rows_of(PersonOut), says="People you share a workspace with")
def index(request: HttpRequest, after: str = "") -> Any:
    return listed(reads.people_page(request.user, after))


@people.answers("GET", "/people/{int:pk}", "person", gives=PersonOut, says="One of them")
def person(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(reads.people_seen_by(request.user), pk=pk)


@people.answers("GET", "/people/{int:pk}/picture/{slug:digest}", "picture", gives=BYTES, says="Their picture")
def picture(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    return shown_picture(request, pk, digest)


@topics.answers("GET", "/topics", "topics", gives=rows_of(TopicOut), says="The catalogue, and what you offer")
def every_topic(request: HttpRequest, after: str = "", state: StateOfTopic | None = None) -> Any:  # type: ignore[valid-type]  # as above
    return listed(reads.topics_page(request.user, after, state or ""))


@topics.answers("GET", "/topics/{int:pk}", "topic", gives=TopicOut, says="One topic")
def topic(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(with_people(Topic.objects.visible_to(request.user)), pk=pk)


@notices.answers("GET", "/notices", "notices", gives=rows_of(NoticeOut), says="Your inbox, the newest first")
def every_notice(request: HttpRequest, after: str = "", unread: bool = False) -> Any:
    return listed(inbox(request.user, unread=unread, after=after))


@notices.answers("GET", "/notices/{int:pk}", "notice", gives=NoticeOut, says="One notice")
def notice(request: HttpRequest, pk: int) -> Any:
    return with_words([_own(request, pk)])[0]


@notices.answers("POST", "/notices/{int:pk}/reading", "notice_reading", gives=NoticeOut, says="It has been read")
def read(request: HttpRequest, pk: int) -> Any:
    found = _own(request, pk)
    reading.mark_read(found, by=request.user)
    return with_words([found])[0]


@notices.answers("POST", "/notices/{int:pk}/deletion", "notice_deletion", gives=None, status=204, says="Clear it away")
def clear(request: HttpRequest, pk: int) -> Any:
    reading.delete_notice(_own(request, pk), by=request.user)
    return Status(204, None)


def _own(request: HttpRequest, pk: int) -> Notice:
    return get_object_or_404(Notice.objects.select_related("event__actor"), pk=pk, recipient=request.user)
