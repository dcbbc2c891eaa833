from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "superviseme.publications"
