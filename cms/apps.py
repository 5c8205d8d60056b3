"""The platform's own app: commands and admin chrome, no models."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Lamplight"
