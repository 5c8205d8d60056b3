"""Where the counters meet the Wagtail admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.counters.reports import CountersReportView


class CountersMenuItem(MenuItem):
    """Shown to whoever may see the report."""

    def is_shown(self, request) -> bool:
        return CountersReportView.permission_policy.user_has_any_permission(
            request.user, CountersReportView.any_permission_required
        )


@hooks.register("register_reports_menu_item")
def register_report_menu_item():
    return CountersMenuItem(
        _("Views and uses"), reverse("counters_report"), icon_name="view", order=800
    )


@hooks.register("register_admin_urls")
def register_report_urls():
    return [
        path("reports/counters/", CountersReportView.as_view(), name="counters_report"),
        path(
            "reports/counters/results/",
            CountersReportView.as_view(results_only=True),
            name="counters_report_results",
        ),
    ]
