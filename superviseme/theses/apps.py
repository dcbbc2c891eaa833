from django.apps import AppConfig


class ThesesConfig(AppConfig):
    name = "superviseme.theses"

    def ready(self) -> None:
        from superviseme.policy.roles import Kind  # models are loaded only now
        from superviseme.workspaces.room.kinds import register

        from .assignment.actions import workspace_deleted, workspace_restored
        from .describe import head, panel

        register(Kind.THESIS, head=head, panel=panel, deleted=workspace_deleted, restored=workspace_restored)
