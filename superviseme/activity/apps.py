from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "superviseme.activity"

    def ready(self) -> None:
        from superviseme.workspaces.room.kinds import register_note  # models are loaded only now

        from .silence.note import note
        from .silence.queries import signs

        register_note(note, signs)
