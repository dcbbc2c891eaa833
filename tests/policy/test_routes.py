"""Every address, for every kind of person, by every method: nobody gets further than the contract says."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from superviseme.accounts.models import Identity, Invitation
from superviseme.activity.models import Absence
from superviseme.api.tokens.actions import make_token
from superviseme.events.models import Event
from superviseme.notifications.models import Notice
from superviseme.outbox.models import Message
from superviseme.policy.roles import Role
from superviseme.publications.models import Publication, PublicationLink
from superviseme.site.models import Picture
from superviseme.theses.models import Interest, Topic
from superviseme.web.checks import every_view
from superviseme.web.time import now, today
from superviseme.workspaces.files.actions import add_file
from superviseme.workspaces.files.kinds import check
from superviseme.workspaces.files.storage import keep
from superviseme.workspaces.models import Goal, Meeting, Milestone, Todo
from superviseme.workspaces.updates import actions as updates
from tests import people
from tests.pictures.drawn import give as give_picture

from . import expected_routes as expected
from .expected_api import API

WHO = expected.ANYONE.split()
METHODS = ["GET", "POST", "PUT", "DELETE"]
FINE = {200, 204, 301, 302, 303, 409, 422, 429, 503}  # 503: /health/ready, when the front end is not built
DATA = {
    "report_export": b"kind=csv",
    "export_everything": b"kind=csv",
    "export_table": b"kind=csv",
    "own_report_export": b"kind=csv",
    "user_grants": b"role=student",
}
SEATED = {"au", "su", "co", "ex", "ad"}


@pytest.fixture
def cast(alice, bob, carol, eve, mallory, ada, rita) -> dict[str, Any]:
    gone = people.person("Dora Disabled", Role.SUPERVISOR)
    other = people.person("Otto Other", Role.SUPERVISOR)
    return {
        "vi": None,
        "au": alice,
        "os": mallory,
        "su": bob,
        "ot": other,
        "co": carol,
        "ex": eve,
        "re": rita,
        "ad": ada,
        "di": gone,
    }


@pytest.fixture
def invitation(bob) -> Invitation:
    return Invitation.objects.create(
        email="new@example.org",
        role=Role.STUDENT,
        invited_by=bob,
        expires_at=now() + dt.timedelta(days=3),
        token_hash="x" * 64,
    )


@pytest.fixture
def letter(db) -> Message:
    words = dict.fromkeys(("key", "subject", "text", "message_id"), "x")
    return Message.objects.create(
        **words, letter="notice", to="x@example.org", created_at=now(), due_at=now(), state="failed"
    )


OF_ADMINISTRATION = {
    "role": "student",
    "group": "keeping",
    "key": "load",
    "name": "events.event",
    "job": "weekly",
    "letter": "notice",
}


@pytest.fixture
def world(cast, workspace, project, invitation, letter) -> dict[str, dict[str, Any]]:
    """The keys of every kind of address, to one thing of each, made by Alice."""
    alice, bob = cast["au"], cast["su"]
    people.seat(workspace, cast["di"], people.Seat.SUPERVISOR)
    update = updates.post_update(workspace, kind="progress", text="x", tags=["t"], by=alice)
    comment = updates.comment_on(update, text="x", by=alice)
    things_of(workspace, alice, bob)
    logo, batch = of_the_site(cast["ad"])
    topic = Topic.objects.create(title="Kites", state="open", publisher=bob, capacity=2)
    interest = Interest.objects.create(topic=topic, student=cast["os"])
    notice = Notice.objects.filter(recipient=bob)[0]
    Notice.objects.filter(pk=notice.pk).update(recipient=alice)
    shown = shown_work(workspace, alice)
    thing = {
        "update_id": update.pk,
        "comment_id": comment.pk,
        "tag_id": update.tags.get().pk,
        "member_id": workspace.members.get(person=cast["ex"]).pk,
        "n": 1,
        "v": 1,
    }
    return {
        "WORKSPACE": {"pk": workspace.pk, **thing, "link_id": shown.pk, "absence_id": away(workspace, bob).pk},
        "PROJECT": {"pk": project.workspace_id},
        "TOPIC": {"pk": topic.pk},
        "INTEREST": {"pk": topic.pk, "interest_id": interest.pk},
        "PUBLIC": {"pk": topic.pk, "uidb36": "1", "key": "x-y", "digest": logo.digest},
        "OWN": {},
        "ROLES": {"pk": cast["os"].pk, "number": letter.pk, **OF_ADMINISTRATION},
        "PRIVATE": {"number": notice.pk, "pk": invitation.pk},
        "batch_undo": {"number": batch.pk},
        **single(alice, interest, shown.publication),
    }


def away(workspace: Any, bob: Any) -> Absence:
    return Absence.objects.create(workspace=workspace, starts_on=today(), ends_on=today(), agreed_by=bob)


def shown_work(workspace, alice) -> PublicationLink:
    work = Publication.objects.create(owner=alice, kind="book", title="x")
    return PublicationLink.objects.create(publication=work, workspace=workspace, linked_by=alice)


def single(alice: Any, interest: Interest, work: Publication) -> dict[str, dict[str, int]]:
    """Addresses that lead to a thing of their own."""
    gone = Publication.objects.create(owner=alice, kind="book", title="y", deleted_at=now())
    token, _secret = make_token(by=alice, label="x", days=7, areas=["files"])
    identity = Identity.objects.create(person=alice, provider="x", issuer="x", subject="1")
    return {
        "interest_withdrawal": {"pk": interest.topic_id, "interest_id": interest.pk},
        "identity_deletion": {"pk": identity.pk},
        "token_deletion": {"pk": token.pk},
        "picture": {"pk": give_picture(alice).pk, "digest": alice.picture},
        "publication_edit": {"pk": work.pk},
        "publication_deletion": {"pk": work.pk},
        "publication_restoration": {"pk": gone.pk},
    }


def things_of(workspace: Any, alice: Any, bob: Any) -> None:
    """One of each, made by Alice."""
    own = {"workspace": workspace, "created_by": alice, "number": 1, "title": "x"}
    Todo.objects.create(**own)
    Goal.objects.create(**own)
    Milestone.objects.create(**own, due_on=today())
    meeting = Meeting.objects.create(**own, starts_at=now() - dt.timedelta(days=1), recorded_at=now())
    for person in (alice, bob):
        meeting.attendees.create(person=person)
    upload = ContentFile(b"%PDF-1.4\n%%EOF\n", name="x.pdf")
    add_file(workspace, stored=keep(check(upload, most=1000)), title="x", by=alice)


def of_the_site(ada: Any) -> tuple[Picture, Event]:
    """A logo, and a batch of nothing to take back."""
    empty = {"act": "archive", "began": now().isoformat(), "workspaces": []}
    batch = Event.objects.create(verb="batch.done", actor=ada, at=now(), thing="accounts.person", data=empty)
    logo = Picture.objects.create(digest="f" * 64, content_type="image/png", data=b"x", added_at=now())
    return logo, batch


def rows() -> Iterator[tuple[str, str, Any]]:
    for table in ("PUBLIC", "OWN", "ROLES", "TOPIC", "INTEREST", "WORKSPACE", "PROJECT", "PRIVATE"):
        for name, who in getattr(expected, table).items():
            yield table, name, who


def reached(table: str, who: str, name: str) -> bool:
    """Whether this person can see the thing at all."""
    if table == "WORKSPACE":
        return who in SEATED
    if table == "PROJECT":
        return who in {"re", "co", "ad"}
    if table == "INTEREST":
        return who in {"su", "ad"} or (who == "os" and name != "topic_restoration")
    return table != "PRIVATE"


def wanted(table: str, name: str, who: str, allowed: str | None) -> str:
    if who in ("vi", "di") and table != "PUBLIC":
        return "sign in"
    if allowed is None:
        return "405"
    if who in allowed.split():
        return "fine"
    return "403" if reached(table, who, name) else "404"


def found(answer: Any) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith("/login?"):
        return "sign in"
    return "fine" if answer.status_code in FINE else str(answer.status_code)


def test_every_address_has_an_expectation():
    known = {name for _, name, _ in rows()} | expected.GONE | set(API)
    assert {pattern.name for _, pattern in every_view()} == known


@pytest.mark.parametrize("who", WHO)
def test_nobody_gets_further_than_the_contract_says(who, cast, world, as_):
    browser = as_(cast[who])
    signed_in = browser.cookies.output()
    if who == "di":
        type(cast[who]).objects.filter(pk=cast[who].pk).update(is_active=False)
    wrong = {}
    names = {pattern.name: re.findall(r"<(?:\w+:)?(\w+)>", route) for route, pattern in every_view()}
    for table, name, (get, post) in rows():
        kwargs = {key: world.get(name, world[table])[key] for key in names[name]}
        for method in METHODS:
            allowed = {"GET": get, "POST": post}.get(method)
            browser.cookies.load(signed_in.replace("Set-Cookie: ", ""))  # signing out is taken back too
            with transaction.atomic():
                answer = browser.generic(
                    method, reverse(name, kwargs=kwargs), DATA.get(name, b""), "application/x-www-form-urlencoded"
                )
                transaction.set_rollback(True)
            if found(answer) != wanted(table, name, who, allowed):
                wrong[f"{method} {name}"] = (found(answer), wanted(table, name, who, allowed))
    assert "\n".join(f"{what}: {was}, not {want}" for what, (was, want) in wrong.items()) == ""
