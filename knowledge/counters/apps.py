"""How often entries are read and used, without knowing by whom."""

from django.apps import AppConfig


class CountersConfig(AppConfig):
    name = "knowledge.counters"
    label = "counters"
    verbose_name = "Counters"
