"""The "Site" menu: quotes, testimonials, menus."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pages.models import NavigationMenu, Quote, Testimonial


class QuoteViewSet(SnippetViewSet):
    """Quotes."""

    model = Quote
    icon = "openquote"
    menu_label = _("Quotes")
    list_display = [
        "text",
        "attribution_name",
        "context",
        LocaleColumn(),
        BooleanColumn("live", label=_("Published"), sort_key="live"),
        UpdatedAtColumn(),
    ]
    list_filter = ["live", "locale"]
    search_fields = ["text", "attribution_name", "context"]
    search_backend_name = None
    list_export = ["text", "attribution_name", "attribution_role", "context", "live"]
    inspect_view_enabled = True


class TestimonialViewSet(SnippetViewSet):
    """Testimonials."""

    model = Testimonial
    icon = "group"
    menu_label = _("Testimonials")
    list_display = [
        "author_name",
        "text",
        "about",
        "rating",
        LocaleColumn(),
        BooleanColumn("live", label=_("Published"), sort_key="live"),
        UpdatedAtColumn(),
    ]
    list_filter = ["live", "rating", "locale"]
    search_fields = ["text", "author_name", "author_role"]
    search_backend_name = None
    list_export = ["author_name", "author_role", "text", "about", "rating", "live"]
    inspect_view_enabled = True

    def get_queryset(self, request):
        return self.model.objects.select_related("about", "locale")


class NavigationMenuViewSet(SnippetViewSet):
    """Menus that editors compose."""

    model = NavigationMenu
    icon = "list-ul"
    menu_label = _("Menus")
    list_display = ["name", "handle", LocaleColumn(), UpdatedAtColumn()]
    list_filter = ["locale"]
    search_fields = ["name", "handle"]
    search_backend_name = None


class SiteViewSetGroup(SnippetViewSetGroup):
    """Everything of the site that is not a page."""

    items = (QuoteViewSet, TestimonialViewSet, NavigationMenuViewSet)
    menu_label = _("Site")
    menu_icon = "site"
    menu_order = 220
