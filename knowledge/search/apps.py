"""Finding as an app: its admin hooks and templates. Its tables belong to the records."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "knowledge.search"
    label = "entry_search"
    verbose_name = "Search"
