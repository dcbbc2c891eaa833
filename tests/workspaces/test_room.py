"""The workspace itself: what is said of it, frozen and deleted."""

import pytest

from superviseme.policy.check import NotAllowed
from superviseme.search.models import SearchEntry
from superviseme.web.answers import Stale
from superviseme.workspaces.models import Todo, Workspace
from superviseme.workspaces.room.actions import edit_workspace, freeze_workspace
from superviseme.workspaces.todos.actions import add_todo, delete_todo, edit_todo


def test_a_workspace_frozen_meanwhile_is_not_edited(workspace, bob):
    """The form was opened, and its workspace loaded, before somebody froze it."""
    loaded = Workspace.objects.get(pk=workspace.pk)
    freeze_workspace(workspace, by=bob)
    with pytest.raises(NotAllowed) as refused:
        edit_workspace(loaded, title="Other", description="", by=bob)
    assert str(refused.value.reason) == "This workspace is frozen. Unfreeze it to change anything in it."
    assert Workspace.objects.get(pk=workspace.pk).title == workspace.title


def test_what_was_deleted_meanwhile_is_not_edited_and_not_found_again(workspace, alice, bob):
    loaded = add_todo(workspace, title="Read Knuth", by=alice)
    delete_todo(Todo.objects.get(), by=bob)
    facts = {"description": "", "priority": 2, "due_on": None, "assignee": None}
    with pytest.raises(Stale):
        edit_todo(loaded, title="Read Knuth again", **facts, by=alice)
    assert list(SearchEntry.objects.filter(thing="workspaces.todo")) == []
