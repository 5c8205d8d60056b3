"""Choosing an entry of any kind from inside a StreamField."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChooserBlock


class EntryChooserBlock(ChooserBlock):
    """A reference to an entry; delivered only while that entry is published."""

    class Meta:
        icon = "snippet"
        label = _("Entry")

    @cached_property
    def target_model(self):
        from knowledge.models import Entry

        return Entry

    @cached_property
    def widget(self):
        # Imported here: the widget is built from viewsets, which need the models.
        from knowledge.choosers import entry_chooser_viewset

        return entry_chooser_viewset.widget_class()

    def bulk_to_python(self, values):
        """The entries of ``values``; where none is chosen, nobody is asked for them."""
        if all(value is None for value in values):
            return list(values)
        return super().bulk_to_python(values)

    def deconstruct(self):
        return (
            "knowledge.blocks.choosers.EntryChooserBlock",
            self._constructor_args[0],
            self._constructor_args[1],
        )
