from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "superviseme.web"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers itself
