"""Images and documents carry credit and licence, because partners may show them elsewhere."""

from typing import Any

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.media.renditions import make_renditions


class CustomImage(AbstractImage):
    """An image; ``description`` is its default alternative text."""

    credit = models.CharField(
        max_length=255, blank=True, help_text="Who made the image, as it should be shown."
    )
    licence = models.CharField(
        max_length=64, blank=True, help_text="SPDX identifier, for example CC-BY-4.0."
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        make_renditions(self)


class CustomRendition(AbstractRendition):
    """One rendered size of an image."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class CustomDocument(AbstractDocument):
    """A file to download."""

    licence = models.CharField(
        max_length=64, blank=True, help_text="SPDX identifier, for example CC-BY-4.0."
    )

    admin_form_fields = (*Document.admin_form_fields, "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        permissions = [("choose_document", "Can choose document")]
