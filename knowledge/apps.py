"""The records: what engineers know, in six kinds, and the words they are filed under."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = "Knowledge"

    def ready(self) -> None:
        # Imported here: models can be imported only when all apps are loaded.
        from cms.notifications.catalogue import register_catalogue
        from knowledge.catalogue import EntryCatalogue
        from knowledge.counting import keep_counting

        register_catalogue(EntryCatalogue())
        post_migrate.connect(keep_counting, sender=self)
