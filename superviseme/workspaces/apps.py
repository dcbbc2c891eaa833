from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "superviseme.workspaces"

    def ready(self) -> None:
        from superviseme.notifications.calendars import register  # models are loaded only now

        from .meetings.actions import go_with_workspace, return_with_workspace
        from .meetings.ics import invitation
        from .room.kinds import register_below

        register("workspaces.meeting", invitation)
        register_below(go_with_workspace, return_with_workspace)
