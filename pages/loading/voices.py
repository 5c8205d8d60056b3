"""Quotes and testimonials from plain data, published through revisions."""

from typing import Any, TypeVar

from django.db import transaction
from wagtail.models import Locale

from knowledge.models import Entry
from pages.loading.blocks import stable_id
from pages.loading.settings import differs
from pages.models import Quote, Testimonial
from pages.models.voices import Voice

VoiceType = TypeVar("VoiceType", bound=Voice)


@transaction.atomic
def load_quotes(quotes: list[dict[str, Any]], user: Any = None) -> list[Quote]:
    """Make or update a quote for each item; who said which words of a set identifies it."""
    names = ("text", "attribution_name", "attribution_role", "context")
    return [
        keep_published(
            Quote,
            "attribution_name",
            {**{name: (one.get(name) or "").strip() for name in names}, "order": position},
            user,
        )
        for position, one in enumerate(quotes, start=1)
    ]


@transaction.atomic
def load_testimonials(items: list[dict[str, Any]], user: Any = None) -> list[Testimonial]:
    """Make or update a testimonial for each item; ``about`` is the code of an entry or None."""
    names = ("text", "author_name", "author_role")
    codes = [one["about"] for one in items if one.get("about")]
    entries = {
        entry.code: entry
        for entry in Entry.objects.filter(code__in=codes, locale=Locale.get_default())
    }
    return [
        keep_published(
            Testimonial,
            "author_name",
            {
                **{name: (one.get(name) or "").strip() for name in names},
                "about": entries.get(one.get("about") or ""),
                "rating": one.get("rating"),
                "order": position,
            },
            user,
        )
        for position, one in enumerate(items, start=1)
    ]


def keep_published(
    model: type[VoiceType], speaker: str, values: dict[str, Any], user: Any
) -> VoiceType:
    """The live row with ``values``; a new revision only where it differs."""
    key = stable_id(model.__name__, values[speaker], values["text"][:80])
    voice = model.objects.filter(translation_key=key, locale=Locale.get_default()).first()
    if voice is not None and voice.live and not differs(voice, values):
        return voice
    voice = voice or model(translation_key=key)
    for name, value in values.items():
        setattr(voice, name, value)
    voice.full_clean(exclude=["locale"])
    if voice.pk is None:
        voice.save()
    voice.save_revision(user=user).publish(user=user)
    return model.objects.get(pk=voice.pk)
