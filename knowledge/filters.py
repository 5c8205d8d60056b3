"""Narrowing the listings of entries.

Invariant: a term is meant in every language, since an entry may be filed under the term of
another language while its own has none.
"""

from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import Locale, Revision

from knowledge.kinds import (
    DesignKind,
    ErrorKind,
    Level,
    PathLevel,
    SecurityKind,
    Severity,
    SnippetKind,
)
from knowledge.models import (
    Category,
    CodeSnippet,
    DebugEntry,
    Entry,
    InterviewQuestion,
    LearningPath,
    SecurityTopic,
    SystemDesignNote,
    Technology,
)

NOT_SET = "NOT_SET"


def term_choices(model: type[Any]) -> list[tuple[str, Any]]:
    """The vocabulary in the default language, by slug."""
    terms = model.objects.filter(locale=Locale.get_default())
    return [*((term.slug, term.name) for term in terms), (NOT_SET, _("Not set"))]


class TermFilter(django_filters.MultipleChoiceFilter):
    """Entries filed under any of the chosen terms, in whichever language; or under none."""

    def __init__(self, model: type[Any], **kwargs: Any) -> None:
        self.vocabulary = model
        super().__init__(
            choices=partial(term_choices, model), widget=CheckboxSelectMultiple, **kwargs
        )

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        if not value:
            return qs
        keys = self.vocabulary.objects.filter(
            locale=Locale.get_default(), slug__in=[slug for slug in value if slug != NOT_SET]
        ).values("translation_key")
        wanted = Q(**{f"{self.field_name}__translation_key__in": keys})
        if NOT_SET in value:
            wanted |= Q(**{f"{self.field_name}__isnull": True})
        return qs.filter(wanted)


class EnumFilter(django_filters.MultipleChoiceFilter):
    """Entries with any of the chosen values; "not set" is one of them where it can be."""

    def __init__(self, choices: type[Any], *, optional: bool = False, **kwargs: Any) -> None:
        values = [*choices.choices, *([(NOT_SET, _("Not set"))] if optional else [])]
        super().__init__(choices=values, widget=CheckboxSelectMultiple, **kwargs)

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        if not value:
            return qs
        return qs.filter(
            **{f"{self.field_name}__in": ["" if one == NOT_SET else one for one in value]}
        )


STATUSES = [
    ("live", _("Live")),
    ("changed", _("Live, with unpublished changes")),
    ("draft", _("Draft")),
    ("scheduled", _("Scheduled")),
    ("expired", _("Expired")),
]


def with_status(entries: QuerySet, status: str) -> QuerySet:
    """The entries whose publication stands as ``status`` says."""
    match status:
        case "live":
            return entries.filter(live=True)
        case "changed":
            return entries.filter(live=True, has_unpublished_changes=True)
        case "expired":
            return entries.filter(live=False, expired=True)
        case "draft":
            return entries.filter(live=False, expired=False)
        case _:
            return entries.filter(Exists(scheduled_revisions(OuterRef("pk"))))


def scheduled_revisions(entry_pk: Any) -> QuerySet:
    """Revisions that wait for their time, of the entry that ``entry_pk`` names."""
    return Revision.objects.filter(
        base_content_type__app_label="knowledge",
        base_content_type__model="entry",
        object_id=Cast(entry_pk, Revision._meta.get_field("object_id")),
        approved_go_live_at__isnull=False,
    )


class EntryFilterSet(WagtailFilterSet):
    """What every kind can be narrowed by."""

    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=STATUSES,
        widget=forms.RadioSelect,
        empty_label=_("All"),
        method="filter_status",
    )
    technology = TermFilter(Technology, label=_("Technology"))
    updated_at = django_filters.DateFromToRangeFilter(
        label=_("Updated"),
        field_name="latest_revision__created_at",
        widget=DateRangePickerWidget,
    )

    class Meta:
        model = Entry
        fields: list[str] = []

    def filter_status(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return with_status(queryset, value)


class InterviewQuestionFilterSet(EntryFilterSet):
    category = TermFilter(Category, label=_("Category"))
    level = EnumFilter(Level, optional=True, label=_("Level"))
    difficulty = django_filters.RangeFilter(label=_("Difficulty"))

    class Meta(EntryFilterSet.Meta):
        model = InterviewQuestion


class DebugEntryFilterSet(EntryFilterSet):
    error_kind = EnumFilter(ErrorKind, label=_("Error kind"))
    is_tested = django_filters.BooleanFilter(label=_("Fix is tested"))

    class Meta(EntryFilterSet.Meta):
        model = DebugEntry


class CodeSnippetFilterSet(EntryFilterSet):
    snippet_kind = EnumFilter(SnippetKind, label=_("Snippet kind"))

    class Meta(EntryFilterSet.Meta):
        model = CodeSnippet


class SystemDesignNoteFilterSet(EntryFilterSet):
    design_kind = EnumFilter(DesignKind, label=_("Design kind"))

    class Meta(EntryFilterSet.Meta):
        model = SystemDesignNote


class LearningPathFilterSet(EntryFilterSet):
    level = EnumFilter(PathLevel, optional=True, label=_("Level"))
    is_mentor_guided = django_filters.BooleanFilter(label=_("Mentor-guided"))

    class Meta(EntryFilterSet.Meta):
        model = LearningPath


class SecurityTopicFilterSet(EntryFilterSet):
    security_kind = EnumFilter(SecurityKind, label=_("Security kind"))
    severity = EnumFilter(Severity, optional=True, label=_("Severity"))

    class Meta(EntryFilterSet.Meta):
        model = SecurityTopic
