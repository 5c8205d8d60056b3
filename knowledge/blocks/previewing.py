"""What the block chooser shows of a block before it is inserted.

Invariant: a preview is set after the block was made, never handed to its constructor, so
that no migration depends on it.
"""

from typing import Any, TypeVar

from wagtail.blocks import Block

BODY_TEMPLATE = "knowledge/block_previews/body.html"
BLOCK_TEMPLATE = "knowledge/block_previews/block.html"
DETAILS_TEMPLATE = "knowledge/block_previews/details.html"

BlockType = TypeVar("BlockType", bound=Block)


def previewed(
    block: BlockType, value: Any, template: str = BLOCK_TEMPLATE, description: Any = ""
) -> BlockType:
    """``block``, shown in the chooser with ``value`` by ``template``.

    ``value`` is in the form that the block stores. ``description`` is the line above the
    preview, where the block has none of its own.
    """
    block.meta.preview_value = value
    block.meta.preview_template = template
    if description:
        block.meta.description = description
    return block
