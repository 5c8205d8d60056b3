"""``{{ bound_block|preview_parts }}``: a block as the previews of entries show it."""

from typing import Any

from django import template

from knowledge.block_previews import preview_parts

register = template.Library()


@register.filter(name="preview_parts")
def parts_of(bound_block: Any) -> dict[str, Any]:
    """The parts of a document that the block makes up; see ``knowledge.block_previews``."""
    return preview_parts(bound_block.block, bound_block.value)
