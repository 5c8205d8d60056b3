"""Doors and their locks: response headers, throttled logins, checks before the start."""

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "cms.security"
    label = "security"
    verbose_name = "Security"

    def ready(self) -> None:
        # Registers the system checks.
        from cms.security import checks  # noqa: F401
