"""Blocks of pages in the block chooser, made by the renderers that publish them."""

from typing import Any

from django import template

from pages.rendering.sections import render_home_section

register = template.Library()


@register.filter
def home_section(bound_block: Any) -> dict[str, Any]:
    """The section of a home page that a bound block is."""
    return render_home_section(bound_block.block.name, dict(bound_block.value))
