"""The workspace itself: what is said of it, frozen and deleted."""

import pytest

from superviseme.policy.check import NotAllowed
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.room.actions import edit_workspace, freeze_workspace


def test_a_workspace_frozen_meanwhile_is_not_edited(workspace, bob):
    """The form was opened, and its workspace loaded, before somebody froze it."""
    loaded = Workspace.objects.get(pk=workspace.pk)
    freeze_workspace(workspace, by=bob)
    with pytest.raises(NotAllowed) as refused:
        edit_workspace(loaded, title="Other", description="", by=bob)
    assert str(refused.value.reason) == "This workspace is frozen. Unfreeze it to change anything in it."
    assert Workspace.objects.get(pk=workspace.pk).title == workspace.title
