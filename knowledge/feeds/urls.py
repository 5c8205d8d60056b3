"""The addresses of feeds and of the sitemap."""

from django.urls import re_path

from knowledge.feeds import views

KIND = r"(?P<kind>[a-z-]+)"
TECHNOLOGY = r"(?P<technology>[-\w]+)"
END = r"\.(?P<extension>atom|json)$"

urlpatterns = [
    re_path(rf"^feeds/all{END}", views.feed, name="feed"),
    re_path(rf"^feeds/kinds/{KIND}{END}", views.feed, name="feed_of_kind"),
    re_path(rf"^feeds/technologies/{TECHNOLOGY}{END}", views.feed, name="feed_of_technology"),
    re_path(
        rf"^feeds/kinds/{KIND}/technologies/{TECHNOLOGY}{END}",
        views.feed,
        name="feed_of_kind_and_technology",
    ),
    re_path(r"^sitemap\.xml$", views.sitemap, name="sitemap"),
]
