"""Terms of the vocabularies, made once per slug."""

from typing import Any

from knowledge.models import Category, Role, Technology, Topic


def technology(slug: str = "fastapi", **fields: Any) -> Technology:
    defaults = {
        "name": slug.title(),
        "code_prefix": slug.upper().replace("-", "")[:10],
        "display_label": "",
    }
    return Technology.objects.get_or_create(slug=slug, defaults={**defaults, **fields})[0]


def category(slug: str = "security", **fields: Any) -> Category:
    return Category.objects.get_or_create(slug=slug, defaults={"name": slug.title(), **fields})[0]


def topic(slug: str = "http", **fields: Any) -> Topic:
    return Topic.objects.get_or_create(slug=slug, defaults={"name": slug.title(), **fields})[0]


def role(slug: str = "backend-engineer", **fields: Any) -> Role:
    return Role.objects.get_or_create(slug=slug, defaults={"name": slug.title(), **fields})[0]
