"""What finding adds to the admin: the report on what is missing, and similar entries."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail.permissions import ModelPermissionPolicy

from knowledge.models import Entry, InterviewQuestion, MissedSearch
from knowledge.search.similar import similar_entries

# Whoever works on questions works on entries.
POLICY = ModelPermissionPolicy(InterviewQuestion)
ACTIONS = ["add", "change", "publish"]
_LONGEST = 20_000


def may_see(user: AbstractBaseUser) -> bool:
    """Whether the user works on entries."""
    return POLICY.user_has_any_permission(user, ACTIONS)


class MissedSearchesReportView(ReportView):
    """What readers looked for and did not find, the most frequent first."""

    page_title = _("Searches without an answer")
    header_icon = "search"
    index_url_name = "missed_searches_report"
    index_results_url_name = "missed_searches_report_results"
    permission_policy = POLICY
    any_permission_required = ACTIONS
    default_ordering = ("-count", "-last_seen")
    list_export = ["kind", "text", "count", "first_seen", "last_seen"]
    export_headings = {
        "kind": _("Kind"),
        "text": _("Words"),
        "count": _("Times"),
        "first_seen": _("First"),
        "last_seen": _("Last"),
    }

    def get_base_queryset(self) -> Any:
        return MissedSearch.objects.all()

    @property
    def columns(self) -> list[Column]:
        return [
            Column("text", label=_("Words"), sort_key="text", width="50%"),
            Column("kind", label=_("Kind"), sort_key="kind", accessor="get_kind_display"),
            Column("count", label=_("Times"), sort_key="count"),
            Column("last_seen", label=_("Last"), sort_key="last_seen"),
        ]


@require_POST
def similar_entries_view(request: HttpRequest) -> JsonResponse:
    """Published entries like the draft in the form: ``{entries: [{title code kind url …}]}``."""
    if not may_see(request.user):
        raise PermissionDenied
    given = {name: request.POST.get(name, "")[:_LONGEST] for name in ("title", "text", "messages")}
    entry = request.POST.get("entry", "")
    found = similar_entries(
        **given,
        locale=_locale(request.POST.get("locale", "")),
        exclude=int(entry) if entry.isascii() and entry.isdigit() and len(entry) < 19 else None,
    )
    rows = Entry.objects.in_bulk([one.entry_id for one in found])
    finder = AdminURLFinder(request.user)
    return JsonResponse(
        {
            "entries": [
                {
                    "title": one.title,
                    "code": one.code,
                    "kind": one.kind,
                    "mayBeDuplicate": one.may_be_duplicate,
                    "url": finder.get_edit_url(rows[one.entry_id].specific),
                }
                for one in found
                if one.entry_id in rows
            ]
        }
    )


def similar_entries_url() -> str:
    """Where the form asks."""
    return reverse("similar_entries")


def _locale(code: str) -> str:
    known = Locale.objects.filter(language_code=code[:16]).first()
    return (known or Locale.get_default()).language_code
