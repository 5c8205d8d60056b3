"""Pages, the words of the hub, and other people's words."""

from pages.models.content_pages import LandingPage, StandardPage
from pages.models.home import HomePage
from pages.models.hub import FigureSource, HubFigure, HubSettings, HubSocialLink, HubStatus
from pages.models.navigation import NavigationItem, NavigationMenu
from pages.models.voices import Quote, Testimonial

__all__ = [
    "FigureSource",
    "HomePage",
    "HubFigure",
    "HubSettings",
    "HubSocialLink",
    "HubStatus",
    "LandingPage",
    "NavigationItem",
    "NavigationMenu",
    "Quote",
    "StandardPage",
    "Testimonial",
]
