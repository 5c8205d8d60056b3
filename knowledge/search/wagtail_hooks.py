"""Where finding meets the Wagtail admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.search.admin_views import (
    MissedSearchesReportView,
    may_see,
    similar_entries_view,
)


class MissedSearchesMenuItem(MenuItem):
    """Shown to whoever works on entries."""

    def is_shown(self, request) -> bool:
        return may_see(request.user)


@hooks.register("register_reports_menu_item")
def register_report_menu_item():
    return MissedSearchesMenuItem(
        _("Searches without an answer"),
        reverse("missed_searches_report"),
        icon_name="search",
        order=810,
    )


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path(
            "reports/missed-searches/",
            MissedSearchesReportView.as_view(),
            name="missed_searches_report",
        ),
        path(
            "reports/missed-searches/results/",
            MissedSearchesReportView.as_view(results_only=True),
            name="missed_searches_report_results",
        ),
        path("knowledge/similar/", similar_entries_view, name="similar_entries"),
    ]
