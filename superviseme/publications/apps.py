from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "superviseme.publications"

    def ready(self) -> None:
        from superviseme.workspaces.room.kinds import register_tab  # models are loaded only now

        from .links.views import tab

        register_tab(tab)
