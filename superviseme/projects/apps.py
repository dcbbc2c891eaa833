from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "superviseme.projects"

    def ready(self) -> None:
        from superviseme.notifications.catalog import Verb
        from superviseme.notifications.sentences import worded
        from superviseme.policy.roles import Kind
        from superviseme.workspaces.room.kinds import register

        from .kind import head, moved, panel

        register(Kind.PROJECT, head=head, panel=panel)
        worded(Verb.PROJECT_MOVED, moved)
