"""A supervisor leaves: theses and topics go to another in one step, and the history says so."""

from datetime import timedelta

import pytest

from superviseme.activity.weekly.facts import waits_for
from superviseme.events.models import Event
from superviseme.home.needs import unanswered
from superviseme.notifications.inbox.queries import with_words
from superviseme.notifications.models import Notice
from superviseme.notifications.spread import spread_due_notices
from superviseme.outbox.letters import link_to
from superviseme.outbox.models import Message
from superviseme.policy.check import NotAllowed
from superviseme.policy.roles import Role, Seat
from superviseme.reports.people import response
from superviseme.reports.scope import Scope
from superviseme.theses.handover.actions import hand_over
from superviseme.theses.models import Interest, Topic, TopicSupervisor
from superviseme.theses.states import State
from superviseme.web.time import now, simulated
from superviseme.workspaces.meetings.actions import plan_meeting
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.people.actions import add_person
from superviseme.workspaces.updates.actions import comment_on, post_update
from tests import people


@pytest.fixture
def otto(db):
    return people.person("Otto Other", Role.SUPERVISOR)


@pytest.fixture
def ended(mallory, bob):
    return people.a_thesis(title="Over", state=State.COMPLETED, author=mallory, supervisor=bob).workspace


@pytest.fixture
def topic(bob, eve, mallory):
    topic = Topic.objects.create(title="Kites", state="open", publisher=bob, capacity=2)
    for person in (bob, eve):
        TopicSupervisor.objects.create(topic=topic, person=person)
    Interest.objects.create(topic=topic, student=mallory)
    return topic


def supervisors(workspace):
    return {m.person.name for m in workspace.members.filter(seat=Seat.SUPERVISOR)}


def test_theses_and_topics_go_to_the_successor(as_, ada, bob, otto, workspace, topic, ended):
    browser = as_(ada)
    page = browser.get(f"/admin/users/{bob.pk}/handover").text
    assert "Bridges under wind" in page and "Kites" in page and "Over" not in page
    answer = browser.post(f"/admin/users/{bob.pk}/handover", {"to": otto.pk}, follow=True)
    assert "Handed over to Otto Other: 1 thesis and 1 topic." in answer.text
    topic.refresh_from_db()
    assert supervisors(workspace) == {"Otto"}
    assert (topic.publisher, {row.person.name for row in topic.supervisors.all()}) == (otto, {"Eve", "Otto"})
    assert supervisors(ended) == {"Bob"}


def test_the_history_keeps_who_held_the_seat(ada, bob, otto, workspace):
    hand_over(person=bob, to=otto, by=ada)
    said = Event.objects.filter(workspace_number=workspace.pk).order_by("pk").values_list("verb", "data__person")
    assert list(said) == [("person.added", otto.pk), ("person.removed", bob.pk)]
    assert Event.objects.get(verb="supervision.handed_over").data["n"] == 1


def test_meetings_to_come_go_to_the_successor_and_leave_the_calendar_of_who_left(ada, bob, alice, otto, workspace):
    meeting = plan_meeting(
        workspace, title="Jury", starts_at=now() + timedelta(days=3), attendees=[alice, bob], by=alice
    )
    hand_over(person=bob, to=otto, by=ada)
    with simulated(now() + timedelta(minutes=1)):
        spread_due_notices()
    assert {a.person for a in meeting.attendees.all()} == {alice, otto}
    told = {
        m.to_name: m.calendar for m in Message.objects.exclude(calendar="").filter(recipient_id__in=[bob.pk, otto.pk])
    }
    assert {name: "METHOD:CANCEL" in entry for name, entry in told.items()} == {
        bob.full_name: True,
        otto.full_name: False,
    }


def test_who_writes_the_thesis_hears_who_supervises_it(ada, bob, alice, otto, workspace):
    hand_over(person=bob, to=otto, by=ada)
    with simulated(now() + timedelta(minutes=1)):
        spread_due_notices()
    letter = Message.objects.get(recipient_id=alice.pk)
    assert "Ada Admin added somebody to «Bridges under wind» (Otto Other)" in letter.text
    assert "Ada Admin removed somebody from «Bridges under wind» (Bob Boss)" in letter.text
    assert [
        n.says for n in with_words(Notice.objects.filter(recipient=alice).order_by("pk").select_related("event__actor"))
    ] == [
        "added somebody to «Bridges under wind» (Otto Other)",
        "removed somebody from «Bridges under wind» (Bob Boss)",
    ]
    assert "Ada Admin added you to «Bridges under wind»" in [*_letters_to(otto)][0].text


def _letters_to(person):
    return Message.objects.filter(recipient_id=person.pk, subject="Bridges under wind")


def test_a_collaborator_who_comes_is_not_told_to_the_writer(bob, alice, rita, workspace):
    add_person(workspace, person=rita, seat=Seat.COLLABORATOR, by=bob)
    assert not Notice.objects.filter(recipient=alice).exists()


def test_handing_over_nothing_is_told_to_nobody(as_, ada, bob, otto):
    answer = as_(ada).post(f"/admin/users/{bob.pk}/handover", {"to": otto.pk}, follow=True)
    assert ("Nothing was handed over." in answer.text, Notice.objects.count()) == (True, 0)


def test_what_was_answered_before_does_not_wait_for_the_successor(ada, bob, alice, otto, workspace):
    update = post_update(workspace, kind="question", text="Which model?", by=alice)
    comment_on(update, text="The simple one", by=bob)
    post_update(workspace, kind="progress", text="Written by Bob himself", by=bob)
    waiting = post_update(workspace, kind="question", text="And now?", by=alice)
    hand_over(person=bob, to=otto, by=ada)

    assert [need.what for need in unanswered(otto)] == [waiting.title]
    assert [item.link for item in waits_for(otto, [workspace.pk])] == [link_to(waiting.get_absolute_url())]
    assert response(Scope(otto)).rows == [("Otto Other", 2, 1, 1, 0.0, 100)]


def test_both_are_told_each_in_words_that_are_true_for_them(as_, ada, bob, otto, workspace):
    hand_over(person=bob, to=otto, by=ada)

    assert "Ada Admin handed over your theses and topics" in as_(bob).get("/notifications").text
    page = as_(otto).get("/notifications").text
    assert "Ada Admin handed over to you theses and topics of another supervisor (Bob Boss)" in page
    assert "your theses and topics" not in page


def test_also_what_is_over_if_wished_and_the_role_afterwards(ada, bob, otto, workspace, ended):
    hand_over(person=bob, to=otto, by=ada, ended=True, take_role=True)
    assert (supervisors(workspace), supervisors(ended)) == ({"Otto"}, {"Otto"})
    assert Role.SUPERVISOR not in type(bob).objects.get(pk=bob.pk).roles


def test_what_is_frozen_stays_and_is_named(as_, ada, bob, otto, workspace):
    Workspace.objects.filter(pk=workspace.pk).update(frozen_at=now(), frozen_by=bob)
    page = as_(ada).post(f"/admin/users/{bob.pk}/handover", {"to": otto.pk}, follow=True).text
    assert "«Bridges under wind» stays: This workspace is frozen" in page
    assert supervisors(workspace) == {"Bob"}


def test_a_successor_who_sits_there_already_keeps_one_seat(ada, bob, carol, eve, workspace):
    people.Grant.objects.create(person=carol, role=Role.SUPERVISOR)
    result = hand_over(person=bob, to=carol, by=ada)  # a collaborator there
    assert (len(result.theses), supervisors(workspace)) == (1, {"Carol"})
    result = hand_over(person=carol, to=eve, by=ada)  # examines it
    assert [why for _, why in result.kept] == ["Eve Examiner is examiner there."]
    assert supervisors(workspace) == {"Carol"}


@pytest.mark.parametrize("who", ["bob", "alice", "gone"])
def test_only_to_another_supervisor(ada, bob, alice, workspace, who):
    gone = people.person("Gerda Gone", Role.SUPERVISOR, is_active=False)
    with pytest.raises(NotAllowed):
        hand_over(person=bob, to={"bob": bob, "alice": alice, "gone": gone}[who], by=ada)
    assert supervisors(workspace) == {"Bob"}


@pytest.mark.parametrize("to", ["", "abc", "999999", "9" * 30])
def test_a_choice_that_is_none_is_asked_again(as_, ada, bob, to):
    assert as_(ada).post(f"/admin/users/{bob.pk}/handover", {"to": to}).status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_whatever_it_holds(as_, ada, bob, alice, rows, django_assert_num_queries):
    for n in range(rows):
        people.a_thesis(title=f"T{n}", author=alice, supervisor=bob)
        Topic.objects.create(title=f"K{n}", publisher=bob)
    browser = as_(ada)
    browser.get(f"/admin/users/{bob.pk}/handover")
    with django_assert_num_queries(12):
        browser.get(f"/admin/users/{bob.pk}/handover")
