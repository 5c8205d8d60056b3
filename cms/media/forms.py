"""The admin's image form: a replaced file gets its sizes at once."""

from typing import Any

from wagtail.images.forms import BaseImageForm

from cms.media.renditions import make_renditions


class ImageForm(BaseImageForm):
    """Wagtail's form drops the old sizes after the image is saved; this makes the new ones."""

    def save(self, commit: bool = True) -> Any:
        image = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            make_renditions(image)
        return image
