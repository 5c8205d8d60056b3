"""The records: what engineers know, in six kinds, and the words they are filed under."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = "Knowledge"
