"""The records: what engineers know, in six kinds, and the words they are filed under."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = "Knowledge"

    def ready(self) -> None:
        # Imported here: models can be imported only when all apps are loaded.
        from cms.notifications.catalogue import register_catalogue
        from knowledge.catalogue import EntryCatalogue

        register_catalogue(EntryCatalogue())
