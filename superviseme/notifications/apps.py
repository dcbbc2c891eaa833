from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "superviseme.notifications"

    def ready(self) -> None:
        from .mail import install  # models are loaded only now

        install()
