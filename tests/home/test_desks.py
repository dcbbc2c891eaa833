"""Desks: what needs me, and the overview of the role."""

import datetime as dt

import pytest

from superviseme.accounts.grants.actions import revoke_role
from superviseme.accounts.models import Grant
from superviseme.home.panels import supervisor
from superviseme.policy.roles import Role
from superviseme.theses.models import Interest, Topic
from superviseme.web.time import now, today
from superviseme.workspaces.models import Member, Todo, Workspace
from superviseme.workspaces.updates import actions as updates
from tests import people

DESKS = ["admin", "supervisor", "researcher", "student"]


@pytest.mark.parametrize("role", DESKS)
def test_a_visitor_is_sent_to_sign_in_and_back(as_, role):
    answer = as_(None).get(f"/{role}/dashboard")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login?next=/{role}/dashboard")


@pytest.mark.parametrize("role", DESKS)
def test_a_desk_opens_for_its_role_only(as_, ada, bob, rita, alice, role):
    who = {"admin": ada, "supervisor": bob, "researcher": rita, "student": alice}
    found = {name: as_(person).get(f"/{role}/dashboard").status_code for name, person in who.items()}
    assert found == {name: 200 if name == role else 403 for name in who}


def test_the_front_door_leads_to_the_desk(as_, bob):
    assert as_(bob).get("/").headers["Location"] == "/supervisor/dashboard"
    assert as_(None).get("/").headers["Location"] == "/theses"


def test_an_update_waits_for_its_supervisor_until_answered(as_, bob, alice, workspace):
    update = updates.post_update(workspace, kind="question", text="Which wind tunnel?", by=alice)
    assert "Which wind tunnel?" in as_(bob).get("/supervisor/dashboard").text
    updates.give_feedback(update, text="The small one", by=bob)
    assert "Which wind tunnel?" not in as_(bob).get("/supervisor/dashboard").text


def test_a_late_to_do_says_so_in_words_and_carries_its_act(as_, alice, bob, workspace):
    Todo.objects.create(
        workspace=workspace,
        number=1,
        title="Calibrate",
        created_by=bob,
        assignee=alice,
        due_on=today() - dt.timedelta(days=2),
    )
    page = as_(alice).get("/student/dashboard").text
    assert "2 days overdue" in page
    assert f"/w/{workspace.pk}/todos/1/completion" in page


def test_a_request_waits_for_who_offers_the_topic(as_, bob, mallory):
    topic = Topic.objects.create(title="Kites", state="open", publisher=bob)
    Interest.objects.create(topic=topic, student=mallory)
    assert "Kites" in as_(bob).get("/supervisor/dashboard").text


def test_a_silent_student_is_marked_with_the_reason(as_, bob, workspace):
    workspace.created_at = now() - dt.timedelta(days=40)
    workspace.save()
    assert "agreed rhythm 14 days" in as_(bob).get("/supervisor/dashboard").text


def test_with_more_students_than_a_desk_holds_the_quietest_are_on_it(as_, bob):
    for n in range(supervisor.ROWS + 1):
        space = people.a_thesis(title=f"Thesis {n:02}", supervisor=bob).workspace
        Workspace.objects.filter(pk=space.pk).update(active_at=now() - dt.timedelta(days=n))
    page = as_(bob).get("/supervisor/dashboard").text
    assert ("Thesis 00" in page, "Thesis 01" in page, f"Thesis {supervisor.ROWS}" in page) == (False, True, True)
    assert "These are the quietest" in page


def test_a_desk_that_holds_all_students_does_not_speak_of_others(as_, bob):
    for n in range(supervisor.ROWS):
        people.a_thesis(title=f"Thesis {n:02}", supervisor=bob)
    assert "These are the quietest" not in as_(bob).get("/supervisor/dashboard").text


def test_the_quietest_students_are_on_a_researchers_desk_too_however_many_projects_there_are(as_, rita):
    Grant.objects.create(person=rita, role=Role.SUPERVISOR)
    for n in range(supervisor.ROWS + 1):
        space = people.a_thesis(title=f"Thesis {n:02}", supervisor=rita).workspace
        Workspace.objects.filter(pk=space.pk).update(active_at=now() - dt.timedelta(days=n + 1))
    for n in range(12):
        people.a_project(title=f"Project {n:02}", author=rita)
    page = as_(rita).get("/researcher/dashboard").text
    assert ("Thesis 00" in page, "Thesis 01" in page, f"Thesis {supervisor.ROWS}" in page) == (False, True, True)
    assert page.count("Project ") >= 10 and "These are the quietest" in page


def test_nothing_of_others_is_on_my_desk(as_, eve, alice, workspace):
    updates.post_update(workspace, kind="question", text="Secret question", by=alice)
    Member.objects.filter(person=eve).delete()
    assert "Secret question" not in as_(eve).get("/supervisor/dashboard").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_supervisors_desk_costs_the_same_whatever_the_number_of_students(as_, bob, rows, django_assert_num_queries):
    for n in range(rows):
        student = people.person(f"Student{n} Last")
        space = people.a_thesis(title=f"Thesis {n}", author=student, supervisor=bob).workspace
        updates.post_update(space, kind="progress", text="Hello", by=student)
    browser = as_(bob)
    browser.get("/supervisor/dashboard")
    with django_assert_num_queries(11):
        browser.get("/supervisor/dashboard")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_students_desk_costs_the_same_whatever_is_on_it(as_, alice, workspace, rows, django_assert_num_queries):
    for n in range(rows):
        Todo.objects.create(
            workspace=workspace, number=n + 1, title=f"Step {n}", created_by=alice, assignee=alice, due_on=today()
        )
    browser = as_(alice)
    browser.get("/student/dashboard")
    with django_assert_num_queries(12):
        browser.get("/student/dashboard")


@pytest.mark.parametrize(
    "place", ["/todos", "/todos?done=1", "/meetings", "/meetings?past=1", "/search", "/search?q=x"]
)
def test_empty_lists_say_what_would_be_there(as_, alice, place):
    assert as_(alice).get(place).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_researchers_desk_holds_projects_and_supervised_theses_at_one_cost(
    as_, rita, rows, django_assert_num_queries
):
    rita.grants.create(role="supervisor")
    for n in range(rows):
        people.a_project(title=f"Project {n}", author=rita)
        people.a_thesis(title=f"Thesis {n}", author=people.person(f"Student{n} Last"), supervisor=rita)
    browser = as_(rita)
    page = browser.get("/researcher/dashboard").text
    assert "Project 0" in page
    assert "Thesis 0" in page
    with django_assert_num_queries(11):
        browser.get("/researcher/dashboard")


def test_a_waiting_sign_up_is_on_the_administrators_desk_within_twelve_queries(
    as_, ada, mallory, django_assert_max_num_queries
):
    mallory.approved_at = None
    mallory.save()
    browser = as_(ada)
    with django_assert_max_num_queries(13):  # the first visit also marks presence
        page = browser.get("/admin/dashboard").text
    assert "waits for approval" in page
    with django_assert_max_num_queries(12):
        browser.get("/admin/dashboard")


@pytest.mark.parametrize("seat", ["collaborator", "examiner"])
def test_who_takes_part_in_a_thesis_finds_it_on_the_desk(as_, alice, bob, rita, seat):
    thesis = people.a_thesis(title="Kites at sea", author=alice, supervisor=bob, **{seat: rita})
    page = as_(rita).get("/researcher/dashboard").text
    assert f'href="/w/{thesis.workspace_id}"' in page
    assert "Kites at sea" in page


def test_a_supervisor_whose_role_was_taken_back_still_finds_the_thesis(as_, alice, bob, rita):
    people.a_thesis(title="Kites at sea", author=alice, supervisor=rita)
    assert "Kites at sea" in as_(rita).get("/researcher/dashboard").text


def test_a_student_who_helps_elsewhere_has_both_theses_apart(as_, alice, bob, mallory):
    people.a_thesis(title="Own work", author=mallory, supervisor=bob)
    people.a_thesis(title="Work of Alice", author=alice, supervisor=bob, collaborator=mallory)
    own, _, shared = as_(mallory).get("/student/dashboard").text.partition("Theses I take part in")
    assert ("Own work" in own, "Work of Alice" in own, "Work of Alice" in shared) == (True, False, True)


def test_a_supervisor_who_examines_has_it_apart_from_the_students(as_, alice, bob, eve):
    people.a_thesis(title="Kites at sea", author=alice, supervisor=bob, examiner=eve)
    mine, _, shared = as_(eve).get("/supervisor/dashboard").text.partition("Theses I take part in")
    assert ("Kites at sea" in mine, "Kites at sea" in shared) == (False, True)


def test_late_to_dos_of_others_do_not_crowd_out_my_own(as_, alice, bob, workspace):
    late, soon = today() - dt.timedelta(days=9), today() + dt.timedelta(days=1)
    theirs = [
        Todo(workspace=workspace, number=n, title="Theirs", created_by=bob, assignee=alice, due_on=late)
        for n in range(1, 70)
    ]
    Todo.objects.bulk_create(theirs)
    Todo.objects.create(
        workspace=workspace, number=70, title="Sign the form", created_by=bob, assignee=bob, due_on=soon
    )
    assert "Sign the form" in as_(bob).get("/supervisor/dashboard").text


def an_old_thesis(**seats):
    return people.a_thesis(title="Dams of old", state="completed", **seats).workspace


def test_whose_role_was_taken_back_lands_where_their_seats_are(as_, ada, bob, alice):
    old = an_old_thesis(author=alice, supervisor=bob)
    revoke_role(person=bob, role=Role.SUPERVISOR, by=ada)
    browser = as_(bob)
    assert browser.get("/").headers["Location"] == "/seats"
    page = browser.get("/seats").text
    assert (f'href="{old.get_absolute_url()}"' in page, "Alice Author" in page, "Completed" in page) == (
        True,
        True,
        True,
    )
    assert browser.get(old.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", ["bob", "rita", "alice", "ada"])
def test_everybody_finds_the_theses_and_projects_they_have_a_seat_in(as_, who, request):
    person = request.getfixturevalue(who)
    old = an_old_thesis(examiner=person)
    river = people.a_project(author=person).workspace
    browser = as_(person)
    assert 'href="/seats"' in browser.get("/theses").text
    for address, found in (("/seats", {old, river}), ("/seats?kind=thesis", {old}), ("/seats?kind=project", {river})):
        page = browser.get(address).text
        assert {w for w in (old, river) if f'href="{w.get_absolute_url()}"' in page} == found


def test_what_was_deleted_or_has_no_seat_is_not_listed(as_, bob, carol, workspace):
    an_old_thesis(supervisor=carol)
    gone = an_old_thesis(supervisor=bob)
    type(gone).objects.filter(pk=gone.pk).update(deleted_at=now(), deleted_by=bob)
    assert "Dams of old" not in as_(bob).get("/seats").text


def test_without_a_seat_the_page_says_how_one_comes_by_it(as_, mallory):
    assert "Nothing yet" in as_(mallory).get("/seats").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_seats_costs_the_same_however_long(as_, bob, rows, django_assert_num_queries):
    for n in range(rows):
        people.a_thesis(title=f"Thesis {n}", author=people.person(f"Student{n} Last"), supervisor=bob)
    browser = as_(bob)
    browser.get("/seats")
    with django_assert_num_queries(7):
        assert browser.get("/seats").text.count(" Last") == rows
