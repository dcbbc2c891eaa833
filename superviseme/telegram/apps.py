from django.apps import AppConfig


class TelegramConfig(AppConfig):
    name = "superviseme.telegram"

    def ready(self) -> None:
        from .way import install  # models are loaded only now

        install()
