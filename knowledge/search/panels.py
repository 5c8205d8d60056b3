"""The panel of similar entries on the edit form."""

from typing import Any

from django.forms import Media
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from knowledge.search.admin_views import similar_entries_url


class SimilarEntriesPanel(Panel):
    """Published entries like the one in the form, fetched while it is written."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Similar published entries"))
        kwargs.setdefault(
            "help_text",
            _("By title, text and error messages. Link to them, or edit one of them instead."),
        )
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """Asks for the entries once it is on the page."""

        template_name = "entry_search/similar_entries.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            locale = getattr(self.instance, "locale", None)
            return {
                **super().get_context_data(parent_context),
                "url": similar_entries_url(),
                "entry": self.instance.pk or "",
                "locale": locale.language_code if locale else "",
            }

        @property
        def media(self) -> Media:
            return Media(js=["entry_search/similar-entries.js"])
