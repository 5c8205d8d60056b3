"""Partner sites and their keys: who asks, how much, and within which bounds."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "cms.access"
    label = "access"
    verbose_name = "Partner access"
