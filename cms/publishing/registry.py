"""Which authoring model stands behind a kind of published document."""

from django.apps import apps

from cms.publishing.record import PublishableRecord


def record_models() -> dict[str, type[PublishableRecord]]:
    """Kind → authoring model, for every concrete publishable model that names its kind."""
    return {
        model.KIND: model
        for model in apps.get_models()
        if issubclass(model, PublishableRecord) and model.KIND
    }


def record_model(kind: str) -> type[PublishableRecord]:
    """The authoring model of ``kind``. Raises KeyError for an unknown kind."""
    return record_models()[kind]
