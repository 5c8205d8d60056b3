"""Images and documents with the rights and the alternative text that delivery needs."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"
    verbose_name = "Media"
