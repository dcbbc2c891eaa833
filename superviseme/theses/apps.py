from django.apps import AppConfig


class ThesesConfig(AppConfig):
    name = "superviseme.theses"
