"""The law against an independent expectation, written from the contract's tables and not from policy/rules.py.

Seats: au su co ex; ad = an administrator without a seat; cr = who made the thing, holding the least seat that can.
"""

import pytest

from superviseme.policy.actions import Action as A
from superviseme.policy.check import can
from superviseme.policy.rules import RULES
from superviseme.publications.models import Publication, PublicationLink
from superviseme.theses.models import Interest, Topic
from superviseme.web.time import now, today
from superviseme.workspaces.models import Comment, Document, Goal, Meeting, Milestone, Todo, Update, Workspace

ALL = "au su co ex ad"
WORK = "au su co ad"
SPEAK = "au su co"

# action: (on a thesis, on a project), per the contract's first table
SEATS = {
    A.WORKSPACE_VIEW: (ALL, "au co ad"),
    A.HISTORY_VIEW: (ALL, "au co ad"),
    A.FILE_DOWNLOAD: (ALL, "au co ad"),
    A.WORKSPACE_EDIT: ("su ad", "au ad"),
    A.WORKSPACE_FREEZE: ("su ad", "au ad"),
    A.WORKSPACE_DELETE: ("su ad", "au ad"),
    A.PEOPLE_MANAGE: ("su ad", "au ad"),
    A.UPDATE_POST: (SPEAK, "au co"),
    A.FEEDBACK_GIVE: ("su", "au co"),
    A.TODO_ADD: (WORK, "au co ad"),
    A.GOAL_ADD: (WORK, "au co ad"),
    A.MILESTONE_ADD: (WORK, "au co ad"),
    A.MEETING_ADD: (WORK, "au co ad"),
    A.FILE_ADD: (WORK, "au co ad"),
    A.STATE_MOVE: ("su ad", "ad"),
    A.RHYTHM_AGREE: ("su ad", "ad"),
    A.THESIS_SUBMIT: ("au", ""),
    A.THESIS_OUTCOME: ("su ex ad", "ad"),
    A.THESIS_GRADE: ("su ex", ""),
    A.PROJECT_MOVE: ("ad", "au ad"),
    A.PUBLICATION_LINK: (SPEAK, "au co"),
}
THINGS = {
    A.UPDATE_TAG: ("update", WORK),
    A.COMMENT_POST: ("update", SPEAK),
    A.UPDATE_EDIT: ("update", "cr"),
    A.COMMENT_EDIT: ("comment", "cr"),
    A.UPDATE_DELETE: ("update", "cr su ad"),
    A.COMMENT_DELETE: ("comment", "cr su ad"),
    A.TODO_EDIT: ("todo", WORK),
    A.TODO_COMPLETE: ("todo", WORK),
    A.TODO_CANCEL: ("todo", WORK),
    A.TODO_DELETE: ("todo", "cr su ad"),
    A.GOAL_EDIT: ("goal", WORK),
    A.GOAL_FREEZE: ("goal", "su ad"),
    A.GOAL_DELETE: ("goal", "cr su ad"),
    A.MILESTONE_EDIT: ("milestone", WORK),
    A.MILESTONE_TICK: ("milestone", WORK),
    A.MILESTONE_DELETE: ("milestone", "cr su ad"),
    A.MEETING_EDIT: ("meeting", WORK),
    A.MEETING_CONFIRM: ("meeting", "au su"),
    A.MEETING_DELETE: ("meeting", "cr su ad"),
    A.FILE_EDIT: ("file", WORK),
    A.FILE_DELETE: ("file", "cr su ad"),
    A.PUBLICATION_UNLINK: ("link", "cr su ad"),
}
OPPOSITE = {A.TODO_REOPEN, A.GOAL_UNFREEZE, A.WORKSPACE_UNFREEZE}  # tested below with the thing in its other state
ROLES = {
    A.THESIS_CREATE: "supervisor admin",
    A.PROJECT_CREATE: "researcher admin",
    A.TOPIC_CREATE: "supervisor admin",
    A.STUDENT_INVITE: "supervisor admin",
    A.PERSON_INVITE: "admin",
    A.PERSON_MANAGE: "admin",
    A.GRANT_MANAGE: "admin",
    A.SITE_MANAGE: "admin",
    A.AUDIT_VIEW: "admin",
    A.OWN_SUPERVISION_VIEW: "supervisor",
    A.DESK_ADMIN: "admin",
    A.DESK_RESEARCHER: "researcher",
    A.OWN_STUDY_VIEW: "student",
}


@pytest.fixture
def cast(alice, bob, carol, eve, ada, mallory, rita):
    return {"au": alice, "su": bob, "co": carol, "ex": eve, "ad": ada, "outside": mallory, "elsewhere": rita}


@pytest.fixture
def things(workspace, carol, alice, bob):
    """One of each, made by Carol (a collaborator)."""
    own = {"workspace": workspace, "created_by": carol}
    update = Update.objects.create(**own, text="x")
    meeting = Meeting.objects.create(**own, number=1, title="x", starts_at=now())
    meeting.attendees.create(person=alice)
    meeting.attendees.create(person=bob)
    return {
        "update": update,
        "comment": Comment.objects.create(**own, update=update, text="x"),
        "todo": Todo.objects.create(**own, number=1, title="x"),
        "goal": Goal.objects.create(**own, number=1, title="x"),
        "milestone": Milestone.objects.create(**own, number=1, title="x", due_on=today()),
        "meeting": meeting,
        "link": PublicationLink.objects.create(
            publication=Publication.objects.create(owner=carol, title="x"), workspace=workspace, linked_by=carol
        ),
        "file": Document.objects.create(**own, number=1, title="x", kind="link", url="https://example.org"),
    }


def allowed(cast, action, thing):
    return {name for name, person in cast.items() if can(person, action, thing)}


@pytest.mark.parametrize("action", SEATS)
def test_seats_of_a_thesis(cast, workspace, action):
    assert allowed(cast, action, workspace) == set(SEATS[action][0].split())


@pytest.mark.parametrize("action", SEATS)
def test_seats_of_a_project(project, rita, carol, ada, mallory, bob, action):
    cast = {"au": rita, "co": carol, "ad": ada, "outside": mallory, "elsewhere": bob}
    assert allowed(cast, action, project.workspace) == set(SEATS[action][1].split())


def test_what_is_deleted_is_removed_for_good_by_administrators_alone(cast, things, bob):
    assert allowed(cast, A.PURGE, things["todo"]) == set()
    things["todo"].deleted_at, things["todo"].deleted_by = now(), bob
    assert allowed(cast, A.PURGE, things["todo"]) == {"ad"}


@pytest.mark.parametrize("action", THINGS)
def test_things_of_a_thesis(cast, things, action):
    kind, who = THINGS[action]
    expected = {"co" if name == "cr" else name for name in who.split()}
    assert allowed(cast, action, things[kind]) == expected


@pytest.mark.parametrize("action", [a for a in THINGS if a not in (A.MEETING_CONFIRM,)])
def test_nobody_writes_below_a_frozen_workspace(cast, workspace, things, bob, action):
    workspace.frozen_at, workspace.frozen_by = now(), bob
    workspace.save()
    thing = things[THINGS[action][0]]
    thing.workspace = workspace
    assert allowed(cast, action, thing) == set()


def test_a_frozen_workspace_is_unfrozen_and_deleted_by_those_entitled(cast, workspace, bob):
    workspace.frozen_at, workspace.frozen_by = now(), bob
    assert allowed(cast, A.WORKSPACE_UNFREEZE, workspace) == {"su", "ad"}
    assert allowed(cast, A.WORKSPACE_DELETE, workspace) == {"su", "ad"}


def test_a_frozen_goal_is_edited_by_the_supervisor_alone(cast, things, bob):
    goal = things["goal"]
    goal.frozen_at, goal.frozen_by = now(), bob
    assert allowed(cast, A.GOAL_EDIT, goal) == {"su", "ad"}
    assert allowed(cast, A.GOAL_UNFREEZE, goal) == {"su", "ad"}
    assert allowed(cast, A.GOAL_DELETE, goal) == {"su", "ad"}


def test_a_closed_to_do_is_reopened_by_those_who_work_there(cast, things):
    things["todo"].state = "done"
    assert allowed(cast, A.TODO_REOPEN, things["todo"]) == set(WORK.split())
    assert allowed(cast, A.TODO_COMPLETE, things["todo"]) == set()


def test_grade_and_reports_are_read_by_judges_first_and_by_all_once_recorded(cast, thesis):
    assert allowed(cast, A.THESIS_RESULTS, thesis) == {"su", "ex", "ad"}
    thesis.graded_at = now()
    assert allowed(cast, A.THESIS_RESULTS, thesis) == set(ALL.split())


@pytest.mark.parametrize("action", ROLES)
def test_site_roles(ada, bob, rita, alice, action):
    people = {"admin": ada, "supervisor": bob, "researcher": rita, "student": alice}
    assert {name for name, person in people.items() if can(person, action)} == set(ROLES[action].split())


def test_topics_and_interests(cast, bob, eve, mallory, ada, rita):
    topic = Topic.objects.create(title="Kites", state="open", publisher=bob)
    topic.supervisors.create(person=eve)
    for action in (A.TOPIC_EDIT, A.TOPIC_DELETE, A.THESIS_ASSIGN):
        assert allowed(cast, action, topic) == {"su", "ex", "ad"}
    interest = Interest.objects.create(topic=topic, student=mallory)
    assert allowed(cast, A.INTEREST_HANDLE, interest) == {"su", "ex", "ad"}
    assert allowed(cast, A.INTEREST_WITHDRAW, interest) == {"outside"}
    assert allowed(cast, A.INTEREST_EXPRESS, topic) == {"au", "outside"}


def test_a_picture_is_for_who_meets_the_person(cast, alice):
    alice.met = False
    assert allowed(cast, A.PICTURE_VIEW, alice) == {"au", "ad"}
    alice.met = True
    assert allowed(cast, A.PICTURE_VIEW, alice) == set(cast)


def test_who_may_not_ask_for_a_topic_is_told_who_may(bob):
    topic = Topic.objects.create(title="Rivers", publisher=bob, state="open")

    assert can(bob, A.INTEREST_EXPRESS, topic).reason == "This needs the role student."


def test_the_own_publications_are_for_nobody_else(cast, carol):
    mine = Publication.objects.create(owner=carol, title="x")
    for action in (A.PUBLICATION_EDIT, A.PUBLICATION_DELETE):
        assert allowed(cast, action, mine) == {"co"}
    mine.deleted_at = now()
    assert allowed(cast, A.PUBLICATION_RESTORE, mine) == {"co"}
    assert allowed(cast, A.PUBLICATION_EDIT, mine) == set()


def test_a_supervisors_seat_sleeps_while_the_role_is_taken_back(workspace, bob):
    bob.grants.update(revoked_at=now())
    bob = type(bob).objects.get(pk=bob.pk)
    assert can(bob, A.WORKSPACE_VIEW, workspace)
    assert not can(bob, A.FEEDBACK_GIVE, workspace)
    assert not can(bob, A.WORKSPACE_FREEZE, workspace)


@pytest.mark.parametrize("action", [A.WORKSPACE_VIEW, A.UPDATE_POST, A.SITE_MANAGE])
def test_a_disabled_account_may_nothing(workspace, bob, action):
    bob.is_active = False
    assert not can(bob, action, workspace)


def test_the_list_form_says_what_the_law_says_for_every_person_and_workspace(cast, workspace, project):
    for person in cast.values():
        listed = set(Workspace.objects.visible_to(person).values_list("pk", flat=True))
        assert listed == {w.pk for w in (workspace, project.workspace) if can(person, A.WORKSPACE_VIEW, w)}


def test_every_refusal_says_why(cast, workspace, things):
    for action, (kind, _) in THINGS.items():
        for person in cast.values():
            verdict = can(person, action, things[kind])
            assert verdict.allowed or str(verdict.reason)


def test_every_action_has_a_rule_and_every_expectation_an_action():
    assert set(RULES) == set(A)
    restores = {a for a in A if a.value.endswith(".restore")}
    topics = {A.PURGE, A.THESIS_RESULTS, A.TOPIC_VIEW, A.TOPIC_EDIT, A.TOPIC_DELETE, A.THESIS_ASSIGN}
    interests = {A.INTEREST_EXPRESS, A.INTEREST_WITHDRAW, A.INTEREST_HANDLE}
    own = {A.PUBLICATION_EDIT, A.PUBLICATION_DELETE, A.PICTURE_VIEW}
    expected = {*SEATS, *THINGS, *ROLES, *OPPOSITE, *restores, *topics, *interests, *own}
    assert set(A) - expected == set()
