"""For good: after 30 days, with everything below, and nothing else."""

from datetime import timedelta

import pytest

from superviseme.events.models import Event
from superviseme.ops.purge.actions import purge_deleted
from superviseme.search.models import SearchEntry
from superviseme.theses.models import Interest, Submission, Thesis, Topic
from superviseme.web.time import now, today
from superviseme.workspaces.models import (
    Attachment,
    Attendee,
    Comment,
    Document,
    FileVersion,
    Goal,
    Meeting,
    Milestone,
    Tag,
    Todo,
    TodoMention,
    Update,
    Workspace,
)

LONG_AGO = timedelta(days=31)


def delete(thing, by, *, since=LONG_AGO):
    type(thing).objects.filter(pk=thing.pk).update(deleted_at=now() - since, deleted_by=by)


@pytest.fixture
def full(workspace, thesis, alice, bob):
    """A workspace with one of everything, all hanging together."""
    mine = {"workspace": workspace, "created_by": alice}
    update = Update.objects.create(text="Hello", **mine)
    comment = Comment.objects.create(update=update, text="Well", **mine)
    Comment.objects.create(update=update, parent=comment, text="Thanks", **mine)
    document = Document.objects.create(number=1, kind="file", title="Draft", **mine)
    version = FileVersion.objects.create(
        document=document,
        number=1,
        sha256="0" * 64,
        size=1,
        content_type="text/plain",
        filename="a.txt",
        uploaded_by=alice,
        locked_at=now(),
    )
    Attachment.objects.create(update=update, version=version)
    Tag.objects.create(update=update, word="x", folded="x", added_by=alice)
    meeting = Meeting.objects.create(number=1, title="Talk", starts_at=now(), **mine)
    Attendee.objects.create(meeting=meeting, person=alice)
    todo = Todo.objects.create(number=1, title="Read", meeting=meeting, **mine)
    TodoMention.objects.create(todo=todo, update=update)
    Goal.objects.create(number=1, title="Learn", **mine)
    Milestone.objects.create(number=1, title="Half", due_on=today(), **mine)
    Submission.objects.create(thesis=thesis, version=version, declaration="I did", submitted_by=alice, receipt="r1")
    SearchEntry.objects.create(
        thing="workspaces.todo",
        thing_id=todo.pk,
        workspace_number=workspace.pk,
        title="Read",
        link="/",
        changed_at=now(),
    )
    return workspace


BELOW = [
    Workspace,
    Thesis,
    Update,
    Comment,
    Document,
    FileVersion,
    Meeting,
    Todo,
    Goal,
    Milestone,
    Submission,
    SearchEntry,
    TodoMention,
]


def test_a_workspace_goes_with_everything_below_it(full, bob):
    delete(full, bob)
    purge_deleted()
    assert {model.__name__: model.objects.count() for model in BELOW if model.objects.exists()} == {}
    assert Event.objects.filter(verb="workspace.purged").count() == 1


def test_before_30_days_nothing_goes(full, bob):
    delete(full, bob, since=timedelta(days=29))
    purge_deleted()
    assert [model.__name__ for model in BELOW if not model.objects.exists()] == []


@pytest.mark.parametrize("model", [Update, Todo, Goal, Milestone, Meeting])
def test_one_thing_goes_and_the_workspace_stays(full, bob, model):
    delete(model.objects.get(), bob)
    purge_deleted()
    assert (model.objects.count(), Workspace.objects.count()) == (0, 1)


def test_what_was_handed_in_stays(full, bob):
    delete(Document.objects.get(), bob)
    purge_deleted()
    assert FileVersion.objects.count() == 1


def test_a_comment_waits_for_its_answers(full, bob):
    delete(Comment.objects.get(parent=None), bob)
    purge_deleted()
    assert Comment.objects.count() == 2


def test_a_topic_goes_and_the_theses_made_from_it_stay(thesis, bob, alice):
    topic = Topic.objects.create(title="Offer", publisher=bob)
    Interest.objects.create(topic=topic, student=alice)
    Thesis.objects.update(topic=topic)
    delete(topic, bob)
    purge_deleted()
    assert (Topic.objects.count(), Interest.objects.count(), Thesis.objects.get().topic) == (0, 0, None)
