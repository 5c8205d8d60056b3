"""The queue: what waits for a reviewer, oldest first.

Invariant: a page of the queue takes the same number of statements however long it is.
"""

import django_filters
from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    TitleColumn,
)
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from knowledge.contributions.kinds import STATE_CHOICES, ContributionKind
from knowledge.contributions.models import Contribution
from knowledge.contributions.moderation.permissions import MODERATE, moderation_policy
from knowledge.contributions.states import DECIDED_STATES, OPEN_STATES, State
from knowledge.models import Technology

OPEN, UNCLAIMED, MINE, WAITING, ENDING, SUSPECTED, DECIDED, ALL = (
    "open",
    "unclaimed",
    "mine",
    "waiting",
    "ending",
    "suspected",
    "decided",
    "all",
)
QUEUES = [
    (OPEN, _("Open")),
    (UNCLAIMED, _("Open, claimed by no one")),
    (MINE, _("My claims")),
    (WAITING, _("Waiting for the contributor")),
    (ENDING, _("To be deleted soon")),
    (SUSPECTED, _("Suspected spam")),
    (DECIDED, _("Decided")),
    (ALL, _("All")),
]


class ContributionFilterSet(WagtailFilterSet):
    """Filters of the queue. Without a choice, the queue shows what is open."""

    queue = django_filters.ChoiceFilter(
        label=_("Queue"), choices=QUEUES, method="filter_queue", empty_label=_("Open")
    )
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=ContributionKind.choices)
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=STATE_CHOICES)
    technology = django_filters.ModelChoiceFilter(
        label=_("Technology"),
        queryset=Technology.objects.filter(locale__language_code=settings.LANGUAGE_CODE),
    )
    submitted_at = django_filters.DateFromToRangeFilter(
        label=_("Submitted"), widget=DateRangePickerWidget
    )
    spam_score = django_filters.NumberFilter(
        label=_("Spam score at least"), field_name="spam_score", lookup_expr="gte"
    )
    has_duplicates = django_filters.BooleanFilter(
        label=_("Has likely duplicates"), method="filter_duplicates"
    )

    class Meta:
        model = Contribution
        fields = ["queue", "kind", "state", "technology", "submitted_at", "spam_score"]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("queue") and not self.form.cleaned_data.get("state"):
            queryset = queryset.filter(state__in=OPEN_STATES)
        return queryset

    def filter_queue(self, queryset, name, value):
        match value:
            case "unclaimed":
                return queryset.awaiting_anyone()
            case "mine":
                return queryset.claimed_by(self.request.user)
            case "waiting":
                return queryset.filter(state=State.WAITING)
            case "ending":
                return queryset.filter(deletion_due_at__isnull=False)
            case "suspected":
                return queryset.filter(state=State.QUARANTINED)
            case "decided":
                return queryset.filter(state__in=DECIDED_STATES)
            case "open":
                return queryset.filter(state__in=OPEN_STATES)
        return queryset

    def filter_duplicates(self, queryset, name, value):
        if value is None:
            return queryset
        none = queryset.filter(likely_duplicates=[])
        return queryset.exclude(pk__in=none.values("pk")) if value else none


def spam_mark(contribution: Contribution) -> str:
    """The score, with its reasons in a tooltip."""
    if not contribution.spam_score:
        return "–"
    return format_html(
        '<span title="{}">{}</span>', "; ".join(contribution.spam_reasons), contribution.spam_score
    )


def duplicate_mark(contribution: Contribution) -> str:
    """The entry most like it, and how like."""
    if not contribution.likely_duplicates:
        return "–"
    best = contribution.likely_duplicates[0]
    rest = len(contribution.likely_duplicates) - 1
    more = f" +{rest}" if rest else ""
    return format_html(
        '<span title="{}">{} {} %{}</span>',
        best["title"],
        best["code"],
        round(best["score"] * 100),
        more,
    )


def spreadsheet_text(value: object) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "|", "%") else text


class QueueView(generic.IndexView):
    """The listing."""

    model = Contribution
    permission_policy = moderation_policy
    any_permission_required = MODERATE
    page_title = _("Contributions")
    header_icon = "mail"
    index_url_name = "contributions:index"
    index_results_url_name = "contributions:index_results"
    template_name = "contributions/queue.html"
    results_template_name = "contributions/queue_results.html"
    filterset_class = ContributionFilterSet
    search_fields = ["reference", "title"]
    search_backend_name = None
    default_ordering = "submitted_at"
    paginate_by = 50
    list_export = [
        "reference",
        "kind",
        "state",
        "title",
        "technology",
        "submitted_at",
        "spam_score",
        "claimed_by",
        "decided_at",
    ]
    export_filename = "contributions"
    custom_field_preprocess = {
        name: {"csv": spreadsheet_text, "xlsx": spreadsheet_text}
        for name in ("title", "technology", "claimed_by")
    }
    columns = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="contribution"),
        TitleColumn(
            "title",
            label=_("Title"),
            sort_key="title",
            get_title_id=lambda row: f"contribution_{row.pk}_title",
            get_url=lambda row: reverse("contributions:detail", args=(row.pk,)),
        ),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("technology", label=_("Technology"), sort_key="technology__name"),
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("claimed_by", label=_("Claimed by")),
        Column("spam", label=_("Spam"), accessor=spam_mark, sort_key="spam_score"),
        Column("duplicates", label=_("Like"), accessor=duplicate_mark),
        DateColumn("submitted_at", label=_("Submitted"), sort_key="submitted_at"),
    ]

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("technology", "claimed_by")

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(
                label=_("Canned replies"), url=reverse("canned_replies:index"), icon_name="comment"
            )
        ]

    @cached_property
    def no_results_message(self):
        return _("Nothing is waiting for you here.")

    def get_page_subtitle(self):
        waiting = Contribution.objects.unanswered().count()
        return ngettext("%(count)s waiting", "%(count)s waiting", waiting) % {"count": waiting}
