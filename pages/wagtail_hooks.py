"""Where the site's own records meet the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from pages.viewsets import SiteViewSetGroup

register_snippet(SiteViewSetGroup)
