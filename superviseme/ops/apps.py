from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "superviseme.ops"

    def ready(self) -> None:
        from superviseme.notifications.catalog import Verb  # models are loaded only now
        from superviseme.notifications.sentences import worded

        from .bulk.words import worded as batch
        from .settings.words import named

        worded(Verb.BATCH_DONE, batch)
        worded(Verb.SETTINGS_CHANGED, named)
