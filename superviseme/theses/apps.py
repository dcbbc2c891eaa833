from django.apps import AppConfig


class ThesesConfig(AppConfig):
    name = "superviseme.theses"

    def ready(self) -> None:
        from superviseme.notifications.catalog import Verb  # models are loaded only now
        from superviseme.notifications.sentences import worded
        from superviseme.policy.roles import Kind
        from superviseme.workspaces.room.kinds import register

        from .assignment.actions import workspace_deleted, workspace_restored
        from .describe import head, moved, panel
        from .interest.models import closed

        register(Kind.THESIS, head=head, panel=panel, deleted=workspace_deleted, restored=workspace_restored)
        worded(Verb.STATE_MOVED, moved)
        worded(Verb.INTEREST_CLOSED, closed)
