"""The chooser that finds an entry of any kind."""

from wagtail.admin.viewsets.chooser import ChooserViewSet

from knowledge.models import Entry


class EntryChooserViewSet(ChooserViewSet):
    """Entries by code and title."""

    model = Entry
    icon = "snippet"
    choose_one_text = "Choose an entry"
    choose_another_text = "Choose another entry"
    per_page = 20


entry_chooser_viewset = EntryChooserViewSet("entry_chooser")
