"""The same event in words for whom it happened to, and for whoever reads about it."""

from superviseme.events.models import Event
from superviseme.notifications.sentences import sentence
from superviseme.workspaces.todos.actions import add_todo


def test_you_is_said_to_the_person_alone(workspace, alice, bob):
    add_todo(workspace, title="Read", by=bob, assignee=alice)
    event = Event.objects.get(verb="todo.assigned")

    assert sentence(event, told=True) == "assigned you the to-do «Read»"
    assert sentence(event, {alice.pk: alice}) == "assigned the to-do «Read» (Alice Author)"


def test_the_history_says_who_got_a_todo(as_, workspace, alice, bob, carol):
    add_todo(workspace, title="Read", by=bob, assignee=alice)

    page = as_(carol).get(f"/w/{workspace.pk}/history").content.decode()

    assert "assigned the to-do «Read» (Alice Author)" in page
    assert "assigned you" not in page
