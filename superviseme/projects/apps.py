from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "superviseme.projects"

    def ready(self) -> None:
        from superviseme.policy.roles import Kind
        from superviseme.workspaces.room.kinds import register

        from .kind import head, panel

        register(Kind.PROJECT, head=head, panel=panel)
