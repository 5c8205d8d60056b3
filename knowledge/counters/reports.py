"""The report on what is read and used."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import ModelPermissionPolicy

from knowledge.counters.reading import with_counts
from knowledge.models import Entry, InterviewQuestion

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_text_cell(value: str) -> str:
    """``value`` so that a spreadsheet program shows it and does not compute it."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


class CountersReportView(ReportView):
    """Live entries with their counts, the most used first."""

    page_title = _("Views and uses")
    header_icon = "view"
    index_url_name = "counters_report"
    index_results_url_name = "counters_report_results"
    # Whoever works on questions works on entries; the counts are no secret among them.
    permission_policy = ModelPermissionPolicy(InterviewQuestion)
    any_permission_required = ["add", "change", "publish"]
    default_ordering = ("-uses_this_week", "-view_count", "code")
    list_export = ["code", "title", "view_count", "uses_this_week"]
    export_headings = {
        "code": _("Code"),
        "title": _("Title"),
        "view_count": _("Views"),
        "uses_this_week": _("Uses this week"),
    }
    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        str: {ReportView.FORMAT_CSV: as_text_cell},
    }

    def get_base_queryset(self) -> Any:
        return with_counts(Entry.objects.filter(live=True).select_related("locale"))

    @property
    def columns(self) -> list[Column]:
        finder = AdminURLFinder(self.request.user)
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                sort_key="title",
                get_url=finder.get_edit_url,
                width="50%",
            ),
            Column("code", label=_("Code"), sort_key="code"),
            Column("locale", label=_("Language")),
            Column("view_count", label=_("Views"), sort_key="view_count"),
            Column("uses_this_week", label=_("Uses this week"), sort_key="uses_this_week"),
        ]
