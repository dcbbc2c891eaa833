"""Research projects: who makes them, who sees them, how they move."""

import pytest

from superviseme.notifications.models import Notice
from superviseme.projects.models import Project
from superviseme.workspaces.models import Member
from tests import people

FORM = {"title": "Rivers", "description": "All about rivers", "kind": "pilot", "starts_on": "2026-10-01", "ends_on": ""}


def test_a_researcher_creates_a_project_and_leads_it(as_, rita):
    answer = as_(rita).post("/projects/new", FORM)
    project = Project.objects.get()
    assert answer.headers["Location"] == f"/w/{project.workspace_id}"
    assert list(project.workspace.members.values_list("person__name", "seat")) == [("Rita", "author")]


def test_a_double_submit_makes_one_project(as_, rita):
    for _ in range(2):
        as_(rita).post("/projects/new", FORM)
    assert Project.objects.count() == 1


def test_a_student_is_told_which_role_it_needs(as_, alice):
    answer = as_(alice).get("/projects/new")
    assert answer.status_code == 403
    assert "researcher" in answer.text


def test_an_end_before_the_start_comes_back_with_the_form_filled(as_, rita):
    answer = as_(rita).post("/projects/new", FORM | {"ends_on": "2026-01-01"})
    assert answer.status_code == 422
    assert 'value="Rivers"' in answer.text


def test_a_collaborator_finds_the_shared_project_in_the_list(as_, carol, project, mallory):
    assert project.title in as_(carol).get("/projects").text
    assert project.title not in as_(mallory).get("/projects").text


def test_the_lead_adds_a_collaborator_by_mail_with_a_label(as_, rita, mallory, project):
    where = f"/w/{project.workspace_id}/people"
    answer = as_(rita).post(where, {"email": "MALLORY@example.org", "seat": "collaborator", "label": "advisor"})
    assert answer.status_code == 302
    assert Member.objects.get(person=mallory).label == "advisor"
    assert Notice.objects.get(verb="person.added").recipient == mallory


def test_an_unknown_address_comes_back_with_what_would_help(as_, rita, project):
    answer = as_(rita).post(
        f"/w/{project.workspace_id}/people", {"email": "nobody@example.org", "seat": "collaborator"}
    )
    assert answer.status_code == 422
    assert "invite" in answer.text


def test_a_collaborator_cannot_add_people(as_, carol, mallory, project):
    answer = as_(carol).post(f"/w/{project.workspace_id}/people", {"email": mallory.email, "seat": "collaborator"})
    assert answer.status_code == 403


def test_the_last_lead_stays(as_, rita, project):
    seat = Member.objects.get(person=rita)
    answer = as_(rita).post(f"/w/{project.workspace_id}/people/{seat.pk}/removal")
    assert answer.status_code == 403
    assert Member.objects.filter(person=rita).exists()


def test_a_removed_collaborator_no_longer_sees_the_project(as_, rita, carol, project):
    seat = Member.objects.get(person=carol)
    as_(rita).post(f"/w/{project.workspace_id}/people/{seat.pk}/removal")
    assert as_(carol).get(f"/w/{project.workspace_id}").status_code == 404


def test_the_state_moves_with_history_and_everybody_is_told(as_, rita, carol, project):
    where = f"/w/{project.workspace_id}/project/state"
    assert as_(rita).post(where, {"target": "paused", "why": "Field season"}).status_code == 302
    project.refresh_from_db()
    assert (project.state, project.changes.get(target="paused").by) == ("paused", rita)
    assert Notice.objects.get(verb="project.moved").recipient == carol
    assert as_(carol).post(where, {"target": "active"}).status_code == 403


def test_a_form_opened_before_another_moved_the_project_is_shown_again_as_typed(as_, rita, project):
    where = f"/w/{project.workspace_id}/project/state"
    as_(rita).post(where, {"target": "completed", "source": "active"})
    answer = as_(rita).post(where, {"target": "paused", "source": "active", "why": "Field season"})
    project.refresh_from_db()
    assert (answer.status_code, project.state) == (409, "completed")
    assert "to «Completed» after you opened this page" in answer.text and 'value="Field season"' in answer.text
    assert '<option value="paused" selected>' in answer.text


def test_a_state_that_is_refused_is_kept_as_typed(as_, rita, project):
    answer = as_(rita).post(f"/w/{project.workspace_id}/project/state", {"target": "paused", "why": "y" * 501})
    assert answer.status_code == 422
    assert '<option value="paused" selected>' in answer.text and f'value="{"y" * 501}"' in answer.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(as_, rita, rows, django_assert_num_queries):
    for n in range(rows):
        people.a_project(title=f"Project {n}", author=rita)
    browser = as_(rita)
    browser.get("/projects")
    with django_assert_num_queries(6):
        browser.get("/projects")


def test_editing_a_project_keeps_both_hands(as_, rita, project):
    where = f"/w/{project.workspace_id}/project"
    as_(rita).post(where, FORM | {"version": 1, "title": "One"})
    answer = as_(rita).post(where, FORM | {"version": 1, "title": "Two"})
    assert answer.status_code == 409
    assert 'value="Two"' in answer.text


def test_researchers_and_administrators_find_the_list_under_their_own_addresses(as_, rita, ada, project):
    for person, where in [(rita, "/researcher/projects"), (ada, "/admin/projects")]:
        answer = as_(person).get(where)
        assert (answer.status_code, project.workspace.title in answer.text) == (200, True)


def test_a_deleted_project_is_found_and_restored_by_its_lead_alone(as_, rita, carol, project):
    restore = f"/w/{project.workspace_id}/restoration"
    as_(rita).post(f"/w/{project.workspace_id}/deletion")
    seen = {who.name: restore in as_(who).get("/projects?state=deleted").text for who in (rita, carol)}
    assert seen == {"Rita": True, "Carol": False}
    as_(rita).post(restore)
    assert project.workspace.title in as_(rita).get("/projects").text
