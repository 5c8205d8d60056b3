"""Whether a value shows anything.

Invariant: judged by what a reader would see, not by what the editor stores.
"""

from typing import Any

from django.utils.html import strip_tags
from wagtail.blocks import StreamValue


def holds_something(value: Any) -> bool:
    """False for what shows nothing: no value, or rich text and bodies without any text.

    The editor stores an emptied rich text as an empty paragraph.
    """
    value = getattr(value, "source", value)
    if isinstance(value, str):
        return bool(strip_tags(value).strip())
    if isinstance(value, StreamValue):
        return any(holds_something(block.value) for block in value)
    return bool(value)
