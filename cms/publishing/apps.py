"""How anything goes from draft to public."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "cms.publishing"
    label = "publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        # Registers the signal receivers.
        from cms.publishing import receivers  # noqa: F401
