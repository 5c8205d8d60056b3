"""Hub settings, figures and channels from plain data."""

from typing import Any

from django.db import models, transaction
from wagtail.models import Site

from pages.models import FigureSource, HubFigure, HubSettings, HubSocialLink

WORDS = (
    "site_name",
    "tagline",
    "status_key",
    "contact_email",
    "contact_phone",
    "contact_hours",
    "contact_timezone",
    "default_licence",
    "default_licence_url",
)


@transaction.atomic
def load_settings(hub: dict[str, Any], figures: list[dict[str, Any]] | None) -> HubSettings:
    """Set what ``hub`` names on the default site; ``figures`` None leaves the figures alone."""
    settings = HubSettings.for_site(Site.objects.get(is_default_site=True))
    values: dict[str, Any] = {name: hub[name] or "" for name in WORDS if name in hub}
    if "status_value" in hub:
        values["status_value"] = str(hub["status_value"]).upper()
    if "status_notes" in hub:
        values["status_notes"] = "\n".join(hub["status_notes"])
    for name, value in values.items():
        setattr(settings, name, value)
    settings.full_clean()
    if settings.pk is None or differs(settings, values):
        settings.save()
    if "social_links" in hub:
        links = [
            {name: link.get(name) or "" for name in ("platform", "url", "label")}
            for link in hub["social_links"]
        ]
        replace_children(settings, HubSocialLink, links)
    if figures is not None:
        replace_children(settings, HubFigure, [_figure(one) for one in figures])
    return HubSettings.objects.get(pk=settings.pk)


def differs(row: models.Model, values: dict[str, Any]) -> bool:
    """True when the stored row holds something else than ``values``."""
    return not type(row).objects.filter(pk=row.pk, **values).exists()


def replace_children(
    settings: HubSettings, model: type[models.Model], wanted: list[dict[str, Any]]
) -> None:
    """Make the ordered children of ``settings`` those of ``wanted``; nothing when they are."""
    names = list(wanted[0]) if wanted else ["pk"]
    children = model.objects.filter(settings=settings).order_by("sort_order", "pk")
    if list(children.values(*names)) == wanted:
        return
    for child in children:
        child.delete()
    for position, values in enumerate(wanted):
        child = model(settings=settings, sort_order=position, **values)
        child.full_clean()
        child.save()


def _figure(figure: dict[str, Any]) -> dict[str, Any]:
    source = str(figure.get("live_source") or "").upper()
    return {
        "label": figure["label"],
        "claimed_text": figure["claimed_text"],
        "claimed_number": figure.get("claimed_number"),
        "note": figure.get("note") or "",
        "live_source": source if source in FigureSource.values else "",
    }
