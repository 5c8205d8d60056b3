"""The sizes an image is delivered in.

Invariant: sizes are made when an image is saved, never because somebody asked for one.
A reader can therefore neither fill the disk nor keep the processor busy.
"""

import logging
from typing import Any

from wagtail.images.models import Filter, SourceImageIOError
from willow.image import UnrecognisedImageFormatError

logger = logging.getLogger("lamplight.media")

# Name → Wagtail's filter.
RENDITIONS = {
    "thumbnail": "fill-320x180",
    "small": "width-640",
    "medium": "width-1024",
    "large": "width-1600",
}


def make_renditions(image: Any) -> None:
    """Make the sizes that ``image`` lacks. A file that cannot be read is logged, not raised."""
    try:
        image.get_renditions(*RENDITIONS.values())
    except (SourceImageIOError, UnrecognisedImageFormatError, OSError):
        logger.warning("No renditions of image %s: its file cannot be read.", image.pk)


def image_document(image: Any) -> dict[str, Any]:
    """An image as delivery shows it: plain data, existing sizes only.

    No statement when its renditions were prefetched, one otherwise.
    """
    found = image.find_existing_renditions(*(Filter(spec=spec) for spec in RENDITIONS.values()))
    by_spec = {filter_.spec: rendition for filter_, rendition in found.items()}
    return {
        "id": image.pk,
        "title": image.title,
        "alt": image.description,
        "credit": image.credit,
        "licence": image.licence,
        "width": image.width,
        "height": image.height,
        "renditions": [
            {
                "name": name,
                "url": by_spec[spec].url,
                "width": by_spec[spec].width,
                "height": by_spec[spec].height,
            }
            for name, spec in RENDITIONS.items()
            if spec in by_spec
        ],
    }
