from django.apps import AppConfig


class TelegramConfig(AppConfig):
    name = "superviseme.telegram"

    def ready(self) -> None:
        from superviseme.notifications.catalog import Verb  # models are loaded only now
        from superviseme.notifications.sentences import worded

        from .bot.words import named
        from .way import install

        install()
        worded(Verb.BOT_CHANGED, named)
