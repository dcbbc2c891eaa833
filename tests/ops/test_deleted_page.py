"""Administrators see what is deleted everywhere, bring it back, or remove it for good by its name."""

import re
from typing import Any

import pytest

from superviseme.events.models import Event
from superviseme.theses.models import Topic
from superviseme.web.time import now
from superviseme.workspaces.models import Goal, Todo, Workspace
from superviseme.workspaces.room.actions import delete_workspace
from superviseme.workspaces.todos.actions import add_todo, delete_todo
from superviseme.workspaces.updates.actions import comment_on, delete_comment, delete_update, post_update


@pytest.fixture
def todo(workspace: Any, alice: Any) -> Todo:
    todo = add_todo(workspace, title="Read  ten papers", by=alice)
    delete_todo(todo, by=alice)
    return todo


def titles(page: Any) -> list[str]:
    return re.findall(r'row-title">([^<]+)<', page.content.decode())


def test_everything_is_there_but_what_comes_back_with_its_workspace(
    as_: Any, todo: Todo, workspace: Any, project: Any, alice: Any, bob: Any, rita: Any, ada: Any
) -> None:
    Topic.objects.create(title="Kites", publisher=bob, deleted_at=now(), deleted_by=bob)
    delete_todo(add_todo(project.workspace, title="Unseen", by=rita), by=rita)
    delete_workspace(project.workspace, by=rita)

    page = as_(ada).get("/admin/deleted")

    assert titles(page) == [project.title, "Kites", "Read  ten papers"]
    assert f'action="/w/{workspace.pk}/todos/1/restoration"' in page.content.decode()
    assert f'action="/w/{project.workspace_id}/restoration"' in page.content.decode()


def test_it_is_removed_by_its_name_and_the_audit_keeps_that(as_: Any, todo: Todo, ada: Any) -> None:
    browser, address = as_(ada), f"/admin/deleted/todo/{todo.pk}/purge"

    seen = [browser.get(address), browser.post(address, {"name": "Read"}), browser.post(address, {"name": todo.title})]

    assert [answer.status_code for answer in seen] == [200, 422, 302]
    assert 'value="Read"' in seen[1].content.decode()
    assert Todo.objects.count() == 0
    assert Event.objects.get(verb="thing.purged").actor == ada


@pytest.mark.parametrize(("accept", "word"), [("en", "remove"), ("de", "entfernen"), ("it", "rimuovi")])
def test_what_has_no_short_name_is_removed_by_a_word(
    as_: Any, workspace: Any, alice: Any, ada: Any, accept: str, word: str
) -> None:
    update = post_update(workspace, kind="progress", text="Read ten papers " * 20, by=alice)
    delete_update(update, by=alice)
    browser, address = as_(ada), f"/admin/deleted/update/{update.pk}/purge"
    said = {"headers": {"Accept-Language": accept}}

    page = browser.get(address, **said).text
    seen = [browser.post(address, {"name": typed}, **said).status_code for typed in ("Read", f" {word.upper()} ")]

    assert (f'data-confirm-name="{word}"' in page, seen) == (True, [422, 302])


def test_a_long_title_need_not_be_typed(as_: Any, workspace: Any, alice: Any, ada: Any) -> None:
    todo = add_todo(workspace, title="Read " * 20, by=alice)
    delete_todo(todo, by=alice)

    answer = as_(ada).post(f"/admin/deleted/todo/{todo.pk}/purge", {"name": "remove"})

    assert (answer.status_code, Todo.objects.count()) == (302, 0)


def test_a_workspace_is_removed_with_everything_below(as_: Any, workspace: Any, bob: Any, ada: Any) -> None:
    Goal.objects.create(workspace=workspace, number=1, kind="objective", title="Why", created_by=bob)
    delete_workspace(workspace, by=bob)

    as_(ada).post(f"/admin/deleted/workspace/{workspace.pk}/purge", {"name": workspace.title})

    assert (Workspace.objects.count(), Goal.objects.count()) == (0, 0)
    assert Event.objects.get(verb="workspace.purged").actor == ada


def test_what_others_have_answered_is_kept(as_: Any, workspace: Any, alice: Any, bob: Any, ada: Any) -> None:
    update = post_update(workspace, kind="progress", text="x", by=alice)
    comment = comment_on(update, text="Well", by=alice)
    comment_on(update, text="Yes", parent=comment, by=bob)
    delete_comment(comment, by=alice)

    answer = as_(ada).post(f"/admin/deleted/comment/{comment.pk}/purge", {"name": "remove"})

    assert (answer.status_code, Event.objects.filter(verb="thing.purged").count()) == (403, 0)


def test_what_is_not_deleted_or_not_there_cannot_be_removed(as_: Any, workspace: Any, alice: Any, ada: Any) -> None:
    add_todo(workspace, title="Alive", by=alice)
    addresses = [f"todo/{Todo.objects.get().pk}", "todo/999", "person/1", "todo/99999999999999999999"]

    seen = [as_(ada).post(f"/admin/deleted/{a}/purge", {"name": "Alive"}).status_code for a in addresses]

    assert (seen, Todo.objects.count()) == ([404] * 4, 1)


def test_others_are_refused(as_: Any, todo: Todo, alice: Any, bob: Any) -> None:
    addresses = ["/admin/deleted", f"/admin/deleted/todo/{todo.pk}/purge"]

    assert [as_(who).get(a).status_code for who in (alice, bob) for a in addresses] == [403] * 4


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    as_: Any, workspace: Any, alice: Any, ada: Any, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        delete_todo(add_todo(workspace, title=f"To-do {number}", by=alice), by=alice)
    browser = as_(ada)
    browser.get("/profile")

    with django_assert_num_queries(6):
        browser.get("/admin/deleted")
