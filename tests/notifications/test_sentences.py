"""The same event in words for whom it happened to, and for whoever reads about it."""

import re

import pytest
from django.utils import timezone

from superviseme.events.models import Event
from superviseme.notifications.announce import announce
from superviseme.notifications.models import Notice
from superviseme.notifications.sentences import sentence
from superviseme.notifications.verbs import Verb
from superviseme.notifications.when import when
from superviseme.outbox.models import Message
from superviseme.workspaces.people.actions import remove_person
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


@pytest.mark.parametrize("verb", Verb)
def test_whoever_reads_of_it_reads_who_did_what_in_one_sentence(verb):
    """«The site …» or «Alice …»: goes on in small letters, and speaks to nobody."""
    words = sentence(Event(verb=verb, title="Read", data={}))
    assert (words[0].islower(), re.findall(r"\b(?:you|your|please)\b", words)) == (True, [])


def test_what_the_site_did_reads_so_in_the_audit_and_in_the_history(as_, workspace, alice, bob, ada):
    todo = add_todo(workspace, title="Read", by=bob, assignee=alice)
    announce(Verb.TODO_OVERDUE, todo, by=None, to=[alice])
    audit, history = as_(ada).get("/admin/audit"), as_(bob).get(f"/w/{workspace.pk}/history")
    words = [" ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split()) for page in (audit, history)]
    assert ["The site reminded of the to-do «Read», which is overdue" in text for text in words] == [True, True]
    assert "Overdue: the to-do «Read»" in as_(alice).get("/notifications").content.decode()


def test_what_was_switched_off_names_whose_it_was_in_the_audit(as_, alice, ada):
    announce(Verb.TELEGRAM_LOST, alice, by=None, to=[alice], title="", person=alice.pk)
    said = sentence(Event.objects.get(), {alice.pk: alice})
    assert said == "switched off Telegram, as the chat took no messages any more (Alice Author)"


@pytest.mark.parametrize(
    ("verb", "data", "said"),
    [
        ("meeting.planned", {"at": "2026-12-03T13:05:00+00:00"}, "When: 3 December 2026, 14:05"),
        (
            "thesis.defence_planned",
            {"at": "2026-12-03T13:05:00+00:00", "place": "Aula"},
            "When: 3 December 2026, 14:05, Aula",
        ),
        ("todo.due", {"due_on": "2026-12-03"}, "Due: 3 December 2026"),
        ("milestone.missed", {"due_on": "2026-12-03"}, "Due: 3 December 2026"),
        ("meeting.planned", {}, ""),  # from before it was kept
        ("meeting.planned", {"at": "soon"}, ""),
        ("thesis.defence_planned", {"at": ""}, ""),
        ("todo.due", {"due_on": 7}, ""),
        ("comment.posted", {"at": "2026-12-03T13:05:00+00:00"}, ""),
        ("todo.due", [], ""),
    ],
)
def test_news_say_when_it_is_or_is_due(verb, data, said):
    with timezone.override("Europe/Rome"):
        assert when(Event(verb=verb, data=data)) == said


def test_who_was_removed_is_not_led_to_a_door_that_is_closed_and_the_others_are(
    workspace, alice, bob, carol, later, as_
):
    workspace.members.filter(person=carol).update(seat="supervisor")
    remove_person(workspace.members.get(person=carol), by=bob)
    later()
    there = workspace.get_absolute_url()
    assert {m.recipient_id: f"{there}\n" in m.text for m in Message.objects.all()} == {alice.pk: True, carol.pk: False}
    number = Notice.objects.get(recipient=carol).pk
    assert as_(carol).post(f"/notifications/{number}/reading").url == "/notifications"
