import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from superviseme.policy.roles import Seat
from superviseme.web.paging import keyset_page
from superviseme.web.prepared import Prepared, give, prepared
from superviseme.web.time import now
from superviseme.workspaces.models import Member, Todo, Workspace
from tests import people

pytestmark = pytest.mark.django_db


@prepared
def visible(person: Any) -> QuerySet:
    return Workspace.objects.visible_to(person).order_by("pk")


@prepared
def seats(workspaces: list[int]) -> QuerySet:
    return Member.objects.filter(workspace__in=workspaces).select_related("person").order_by("seat_rank", "pk")


@prepared
def todos(workspace: int, before: dt.date, since: dt.datetime, title: str, *, mine: bool) -> QuerySet:
    rows = Todo.objects.filter(workspace=workspace, due_on__lt=before, created_at__gt=since, title=title)
    return rows.exclude(assignee=None) if mine else rows


def a_todo(workspace: Any, title: str, **facts: Any) -> Todo:
    number = Todo.objects.filter(workspace=workspace).count() + 1
    bob = workspace.members.get(seat=Seat.SUPERVISOR).person
    return Todo.objects.create(workspace=workspace, title=title, number=number, created_by=bob, **facts)


def test_it_finds_what_the_plain_queryset_finds(workspace: Any, project: Any, alice: Any, ada: Any) -> None:
    asked = [visible(person) for person in (alice, ada, alice)]
    assert [one.fetch() for one in asked] == [list(one.rows()) for one in asked]


def test_the_roles_of_a_person_belong_to_its_shape(workspace: Any, project: Any, mallory: Any, ada: Any) -> None:
    assert [len(visible(person).fetch()) for person in (ada, mallory, ada)] == [2, 0, 2]


def test_a_disabled_account_sees_nothing_right_away(workspace: Any, alice: Any) -> None:
    before = visible(alice).fetch()
    alice.is_active = False
    assert [before, visible(alice).fetch()] == [[workspace], []]


def test_every_kind_of_value_is_put_in(workspace: Any) -> None:
    yesterday, today, tomorrow = (dt.date(2030, 1, day) for day in (1, 2, 3))
    moment = now()
    todo = a_todo(workspace, "100%_\\", due_on=today, created_at=moment)
    hour = dt.timedelta(hours=1)
    tried = [
        todos(workspace.pk, tomorrow, moment - hour, "100%_\\", mine=False),
        todos(workspace.pk, yesterday, moment - hour, "100%_\\", mine=False),
        todos(workspace.pk, tomorrow, moment + hour, "100%_\\", mine=False),
        todos(workspace.pk, tomorrow, moment - hour, "other", mine=False),
        todos(workspace.pk + 1, tomorrow, moment - hour, "100%_\\", mine=False),
        todos(workspace.pk, tomorrow, moment - hour, "100%_\\", mine=True),
    ]
    assert [one.fetch() for one in tried] == [[todo], [], [], [], [], []]


def test_a_list_may_be_empty_short_long_or_very_long(workspace: Any) -> None:
    found = [len(seats(numbers).fetch()) for numbers in ([], [workspace.pk], [workspace.pk, 0], [workspace.pk] * 100)]
    assert found == [0, 4, 4, 4]


def test_the_second_time_only_the_database_works(workspace: Any) -> None:
    built = []
    query = Prepared(lambda pk: built.append(pk) or Workspace.objects.filter(pk=pk))  # type: ignore[func-returns-value]  # counts
    assert [query(workspace.pk).one(), query(0).one(), len(built)] == [workspace, None, 1]


def test_a_row_comes_with_its_relations_annotations_and_times(workspace: Any, alice: Any) -> None:
    query = Prepared(
        lambda pk: (
            Workspace.objects.filter(pk=pk).select_related("thesis", "frozen_by").annotate(people=Count("members"))
        )
    )
    with CaptureQueriesContext(connection) as asked:
        found = query(workspace.pk).one()
        assert [found.thesis.pk, found.frozen_by, found.people] == [workspace.thesis.pk, None, 4]
        assert found.created_at == workspace.created_at
    assert len(asked) == 1


def test_values_come_as_values() -> None:
    query = Prepared(lambda pk: Workspace.objects.filter(pk__gt=pk).values_list("title", flat=True))
    pairs = Prepared(lambda pk: Workspace.objects.filter(pk__gt=pk).values("title"))
    alice, bob = people.person("Alice Author"), people.person("Bob Boss")
    title = people.a_thesis(author=alice, supervisor=bob).workspace.title
    assert [query(0).fetch(), pairs(0).fetch()] == [[title], [{"title": title}]]


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 2**70])
def test_a_number_that_no_column_holds_finds_nothing(number: int) -> None:
    query = Prepared(lambda pk: Workspace.objects.filter(pk=pk))
    assert query(number).fetch() == []
    with pytest.raises(Http404):
        query(number).one_or_404()


def test_a_number_is_compared_with_columns_of_every_size(workspace: Any) -> None:
    todo = a_todo(workspace, "Read", priority=1)
    query = Prepared(lambda number, priority: Todo.objects.filter(number=number, priority=priority))
    tried = [(todo.number, 1), (2**40, 1), (todo.number, 2**20), (-1, 1)]
    assert [query(*values).fetch() for values in tried] == [[todo], [], [], []]


def test_nothing_given_is_a_shape_of_its_own(workspace: Any, bob: Any) -> None:
    todo = a_todo(workspace, "Read")
    given = a_todo(workspace, "Write", assignee=bob)
    query = Prepared(lambda who: Todo.objects.filter(assignee=who))
    assert [query(None).fetch(), query(bob.pk).fetch()] == [[todo], [given]]


def test_the_present_moment_is_not_written_into_it() -> None:
    with pytest.raises(RuntimeError, match="give it the moment as a value"):
        Prepared(lambda: Todo.objects.filter(created_at__lt=now()))().fetch()


@pytest.mark.parametrize(
    "build",
    [
        lambda title: Todo.objects.filter(title__icontains=title),
        lambda title: Todo.objects.filter(title=title.upper() + "!"),
        lambda title: Todo.objects.all(),
    ],
)
def test_a_value_that_is_more_than_compared_is_refused(build: Any) -> None:
    with pytest.raises(TypeError, match="only compares its values"):
        Prepared(build)("word").fetch()


def test_an_impossible_query_finds_nothing() -> None:
    assert Prepared(lambda pk: Workspace.objects.none().filter(pk=pk))(1).fetch() == []


def test_pages_have_an_order_and_an_end(workspace: Any) -> None:
    for n in range(3):
        a_todo(workspace, f"Step {n}")
    query = Prepared(lambda pk: Todo.objects.filter(workspace=pk))
    page = keyset_page(query(workspace.pk), order=("-number",), size=2)
    last = keyset_page(query(workspace.pk), order=("-number",), size=2, after=page.older)
    assert [[t.number for t in page.rows], [t.number for t in last.rows]] == [[3, 2], [1]]


def test_another_thread_asks_by_its_own_connection(db: None) -> None:
    visible_by_role = Prepared(lambda person: Workspace.objects.visible_to(person))
    person = people.person("Nobody Knows")
    visible_by_role(person).fetch()
    found: list[Any] = []

    def ask() -> None:
        found.append(visible_by_role(person).fetch())
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [[]]


def test_given_rows_are_not_asked_for_again(workspace: Any) -> None:
    give([workspace], "members", seats([workspace.pk]).fetch(), by="workspace_id")
    with CaptureQueriesContext(connection) as asked:
        assert [m.seat for m in workspace.members.all()] == ["author", "supervisor", "collaborator", "examiner"]
        assert len(workspace.seats) == 4
    assert len(asked) == 0


def test_part_of_given_rows_is_asked_of_this_owner_only(workspace: Any, project: Any) -> None:
    give([workspace], "members", seats([workspace.pk]).fetch(), by="workspace_id")
    authors = workspace.members.filter(seat=Seat.AUTHOR)
    assert [m.workspace_id for m in authors] == [workspace.pk]


def test_who_has_none_is_given_an_empty_list(workspace: Any, project: Any) -> None:
    give([workspace, project.workspace], "members", [], by="workspace_id")
    assert list(project.workspace.members.all()) == []


def test_a_subquery_takes_values_too(workspace: Any, alice: Any, mallory: Any) -> None:
    query = Prepared(
        lambda pk: Workspace.objects.filter(Exists(Member.objects.filter(workspace=OuterRef("pk"), person=pk)))
    )
    assert [query(alice.pk).fetch(), query(mallory.pk).fetch()] == [[workspace], []]
