from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "superviseme.api"

    def ready(self) -> None:
        from .hooks.way import install  # models are loaded only now

        install()
