from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "superviseme.workspaces"

    def ready(self) -> None:
        from superviseme.notifications.calendars import register  # models are loaded only now

        from .meetings.ics import invitation

        register("workspaces.meeting", invitation)
