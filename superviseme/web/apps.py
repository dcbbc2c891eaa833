from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "superviseme.web"

    def ready(self) -> None:
        from . import alike, checks  # noqa: F401 - register themselves
