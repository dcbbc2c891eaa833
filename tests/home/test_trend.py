"""The figures of the administrator's desk: how they changed, and that each leads to those it counts."""

import datetime as dt
import re

import pytest

from superviseme.accounts.grants.actions import grant_role, revoke_role
from superviseme.accounts.models import Grant
from superviseme.accounts.people.actions import disable_person, enable_person
from superviseme.home.panels import admin
from superviseme.policy.roles import Role
from superviseme.theses.models import Thesis
from superviseme.web.shared import forget
from superviseme.web.time import now, simulated
from superviseme.workspaces.models import Workspace
from tests import people

WEEK = dt.timedelta(weeks=1)


@pytest.fixture(autouse=True)
def asked_anew():
    forget()
    yield
    forget()


def figure(label):
    forget()
    return next(one for one in admin.overview()["stats"] if one["label"] == label)


def series(label):
    return figure(label)["trend"]["values"]


def ago(weeks):
    return now() - weeks * WEEK + dt.timedelta(hours=1)


def since(weeks):
    for model, field in ((Grant, "granted_at"), (Workspace, "created_at")):
        model.objects.update(**{field: ago(weeks)})


def test_a_figure_ends_with_what_is_there_and_begins_twelve_weeks_before(alice):
    Grant.objects.filter(person=alice).update(granted_at=ago(3))
    assert series("Students") == [0] * 10 + [1] * 3
    assert figure("Students")["trend"]["words"] == "1 more in 4 weeks"


def test_who_lost_the_role_counts_until_then(alice, mallory, ada):
    since(40)
    with simulated(ago(2)):
        revoke_role(person=mallory, role=Role.STUDENT, by=ada)
    assert series("Students") == [2] * 11 + [1] * 2
    assert figure("Students")["trend"]["words"] == "1 fewer in 4 weeks"


def test_who_is_disabled_counts_until_then_and_who_is_enabled_again_as_never_gone(alice, ada):
    since(40)
    with simulated(ago(5)):
        disable_person(person=alice, by=ada)
    assert series("Students") == [1] * 8 + [0] * 5
    assert figure("Students")["trend"]["words"] == "as many as 4 weeks ago"
    enable_person(person=alice, by=ada)
    assert series("Students") == [1] * 13


def test_a_role_that_came_and_went_leaves_the_present_as_it_is(alice, ada):
    since(40)
    with simulated(ago(6)):
        grant_role(person=alice, role=Role.RESEARCHER, by=ada)
    with simulated(ago(3)):
        revoke_role(person=alice, role=Role.RESEARCHER, by=ada)
    assert series("Researchers") == [0] * 7 + [1] * 3 + [0] * 3


def test_a_thesis_is_under_way_until_it_is_over_or_deleted(alice, bob):
    for n, state in enumerate(["writing", "completed", "withdrawn", "completed"]):
        people.a_thesis(title=f"No. {n}", state=state, author=alice, supervisor=bob)
    since(9)
    Thesis.objects.update(state_since=ago(6))
    Workspace.objects.filter(title="No. 2").update(deleted_at=ago(1), deleted_by=bob)
    Workspace.objects.filter(title="No. 3").update(deleted_at=ago(8), deleted_by=bob)
    assert series("Theses under way") == [0] * 4 + [4] + [3] * 2 + [1] * 6


def test_a_thesis_is_under_way_until_it_is_frozen_and_one_unfrozen_as_never_gone(alice, bob):
    theses = [people.a_thesis(title=f"No. {n}", author=alice, supervisor=bob) for n in range(3)]
    project = people.a_project(title="A project", author=bob)
    since(40)
    Workspace.objects.filter(pk__in=[theses[0].workspace.pk, project.workspace.pk]).update(
        frozen_at=ago(3), frozen_by=bob
    )
    assert series("Theses under way") == [3] * 10 + [2] * 3
    assert series("Projects") == [1] * 13
    Workspace.objects.update(frozen_at=None, frozen_by=None)
    assert series("Theses under way") == [3] * 13


def test_projects_are_counted_apart_from_theses(alice, rita, bob):
    people.a_thesis(title="A thesis", author=alice, supervisor=bob)
    people.a_project(title="A project", author=rita)
    since(2)
    assert (series("Projects"), series("Theses under way")) == ([0] * 11 + [1] * 2, [0] * 11 + [1] * 2)


def test_each_figure_is_the_number_of_rows_of_the_list_it_leads_to(as_, ada, alice, bob, rita, mallory, carol):
    mallory.approved_at = None
    mallory.save()
    disable_person(person=carol, by=ada)
    for n, state in enumerate(["writing", "completed", "in_progress"]):
        people.a_thesis(title=f"No. {n}", state=state, author=alice, supervisor=bob)
    Workspace.objects.filter(title="No. 2").update(frozen_at=now(), frozen_by=bob)
    people.a_project(title="A project", author=rita)
    forget()
    browser = as_(ada)
    figures = {one["label"]: one for one in admin.overview()["stats"]}
    for one in figures.values():
        listed = set(
            re.findall(r'href="(/admin/users/\d+|/w/\d+)"', browser.get(one["href"]).text.partition("<main")[2])
        )
        assert (one["label"], len(listed)) == (one["label"], one["value"])


def test_the_words_and_the_line_are_on_the_desk(as_, ada, alice):
    page = as_(ada).get("/admin/dashboard").text
    assert ("1 more in 4 weeks" in page, 'aria-label="Week by week: 0, ' in page) == (True, True)
