"""Finding as an app: its admin hooks and templates. Its tables belong to the records."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class SearchConfig(AppConfig):
    name = "knowledge.search"
    label = "entry_search"
    verbose_name = "Search"

    def ready(self) -> None:
        # Imported here: apps are loaded before settings are complete.
        from knowledge.search.semantic.encoder import is_installed

        if settings.SEMANTIC_SEARCH and not is_installed():
            raise ImproperlyConfigured(
                "SEMANTIC_SEARCH is on, and its packages are not installed: install "
                "requirements/semantic.txt with pip's --no-deps, or start by make with SEMANTIC=1."
            )
