"""The admin of each kind: what its listing shows, its form, its choosers."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.panels import TabbedInterface
from wagtail.admin.ui.tables import (
    BaseColumn,
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
    NumberColumn,
    UpdatedAtColumn,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge import filters, panels
from knowledge.choosers import KindChooserViewSet
from knowledge.models import (
    CodeSnippet,
    DebugEntry,
    Entry,
    InterviewQuestion,
    LearningPath,
    SecurityTopic,
    SystemDesignNote,
)
from knowledge.ownership import EntryPermissionPolicy
from knowledge.viewsets import editing
from knowledge.viewsets.listing import EntryIndexView


def choice(name: str, label: Any) -> Column:
    """A column of a field with choices, shown by its label."""
    return Column(name, label=label, accessor=f"get_{name}_display", sort_key=name)


def counts_of(entry: Entry) -> str:
    """Views ever, and uses of the last seven days."""
    return f"{entry.view_count}, {entry.uses_this_week}"


class EntryURLFinder(ModelAdminURLFinder):
    """The edit address of an entry, also where only the shared table was read."""

    def get_edit_url(self, instance: Entry) -> str | None:
        model = instance.cached_content_type.model_class()
        policy = EntryPermissionPolicy(model)
        if self.user and not policy.user_has_permission_for_instance(self.user, "change", instance):
            return None
        return reverse(model.snippet_viewset.get_url_name("edit"), args=[instance.pk])


register_admin_url_finder(Entry, EntryURLFinder)


class EntryViewSet(SnippetViewSet):
    """What all six kinds share."""

    index_view_class = EntryIndexView
    add_view_class = editing.EntryCreateView
    edit_view_class = editing.EntryEditView
    copy_view_class = editing.EntryCopyView
    preview_on_add_view_class = editing.EntryPreviewOnCreateView
    workflow_action_view_class = editing.EntryWorkflowActionView
    chooser_viewset_class = KindChooserViewSet

    list_per_page = 50
    ordering = "code"
    # Matching in the database itself: code and title are short, and any part may be typed.
    search_backend_name = None
    search_fields = ["code", "title"]
    inspect_view_enabled = True
    inspect_view_fields_exclude = [
        "id",
        "entry_ptr",
        "content_type",
        "latest_revision",
        "live_revision",
        "translation_key",
        "has_unpublished_changes",
        "sections",
    ]

    # The columns and exported fields that only this kind has.
    kind_columns: list[BaseColumn] = []
    kind_export: list[str] = []
    panel: TabbedInterface

    @property
    def permission_policy(self) -> EntryPermissionPolicy:
        return EntryPermissionPolicy(self.model)

    @property
    def url_finder_class(self) -> type[EntryURLFinder]:
        return EntryURLFinder

    @cached_property
    def edit_handler(self) -> TabbedInterface:
        return self.panel

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "title",
            Column("code", label=_("Code"), sort_key="code", width="9%"),
            Column("technology", label=_("Technology"), sort_key="technology__name"),
            *self.kind_columns,
            LocaleColumn(),
            LiveStatusTagColumn(),
            # One column for both: titles need the room. The report orders by either.
            Column("counts", label=_("Views, uses"), accessor=counts_of, sort_key="view_count"),
            UpdatedAtColumn(),
        ]

    @cached_property
    def list_export(self) -> list[str]:
        return [
            "code",
            "locale",
            "title",
            "slug",
            "technology",
            *self.kind_export,
            "status_string",
            "source",
            "source_id",
            "licence",
            "first_published_at",
            "last_published_at",
            "view_count",
            "uses_this_week",
            "_updated_at",
        ]

    export_headings = {
        "status_string": _("Status"),
        "view_count": _("Views"),
        "uses_this_week": _("Uses, 7 days"),
        "_updated_at": _("Updated"),
    }

    @cached_property
    def export_filename(self) -> str:
        return self.model._meta.verbose_name_plural.replace(" ", "-")


class InterviewQuestionViewSet(EntryViewSet):
    model = InterviewQuestion
    icon = "help"
    panel = panels.INTERVIEW_QUESTION
    filterset_class = filters.InterviewQuestionFilterSet
    kind_columns = [
        Column("category", label=_("Category"), sort_key="category__name"),
        choice("level", _("Level")),
        NumberColumn("difficulty", label=_("Difficulty"), sort_key="difficulty"),
    ]
    kind_export = ["category", "level", "difficulty"]


class DebugEntryViewSet(EntryViewSet):
    model = DebugEntry
    icon = "warning"
    panel = panels.DEBUG_ENTRY
    filterset_class = filters.DebugEntryFilterSet
    kind_columns = [
        choice("error_kind", _("Error kind")),
        Column("error_code", label=_("Error code"), sort_key="error_code"),
    ]
    kind_export = ["error_kind", "error_name", "error_code", "is_tested"]


class CodeSnippetViewSet(EntryViewSet):
    model = CodeSnippet
    icon = "code"
    panel = panels.CODE_SNIPPET
    filterset_class = filters.CodeSnippetFilterSet
    kind_columns = [choice("language", _("Language")), choice("snippet_kind", _("Kind"))]
    kind_export = ["language", "snippet_kind", "is_production_tested"]


class SystemDesignNoteViewSet(EntryViewSet):
    model = SystemDesignNote
    icon = "cogs"
    panel = panels.SYSTEM_DESIGN_NOTE
    filterset_class = filters.SystemDesignNoteFilterSet
    kind_columns = [choice("design_kind", _("Kind"))]
    kind_export = ["design_kind"]


class LearningPathViewSet(EntryViewSet):
    model = LearningPath
    icon = "list-ol"
    panel = panels.LEARNING_PATH
    filterset_class = filters.LearningPathFilterSet
    kind_columns = [
        choice("level", _("Level")),
        NumberColumn("estimated_hours", label=_("Hours"), sort_key="estimated_hours"),
    ]
    kind_export = ["level", "estimated_hours", "is_mentor_guided"]


class SecurityTopicViewSet(EntryViewSet):
    model = SecurityTopic
    icon = "lock"
    panel = panels.SECURITY_TOPIC
    filterset_class = filters.SecurityTopicFilterSet
    kind_columns = [
        choice("security_kind", _("Kind")),
        choice("severity", _("Severity")),
    ]
    kind_export = ["security_kind", "severity"]
