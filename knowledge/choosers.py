"""Choosing an entry: by code and title, one kind or all."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, LocaleFilterMixin
from wagtail.admin.ui.tables import BaseColumn, Column, LiveStatusTagColumn
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views import chooser as snippet_chooser

from knowledge.kinds import Kind
from knowledge.models import ENTRY_MODELS, Entry
from knowledge.viewsets.status import remember_status


class EntrySearchForm(LocaleFilterMixin, BaseFilterForm):
    """Narrows the entries to those whose code or title contains every word."""

    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Code or title")}),
        required=False,
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        objects = super().filter(objects)
        query = self.cleaned_data.get("q") or ""
        for word in query.split():
            objects = objects.filter(Q(code__icontains=word) | Q(title__icontains=word))
        self.is_searching = bool(query)
        self.search_query = query
        return objects


class AnyKindSearchForm(EntrySearchForm):
    """The same over all kinds."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("All kinds")), *Kind.choices],
        required=False,
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        objects = super().filter(objects)
        if kind := self.cleaned_data.get("kind"):
            model = next(model for model in ENTRY_MODELS if kind == model.KIND)
            objects = objects.filter(
                content_type__app_label=model._meta.app_label,
                content_type__model=model._meta.model_name,
            )
        return objects


class EntryChooseMixin(BaseChooseView):
    """Rows with code, kind and status, in a bounded number of statements."""

    filter_form_class: type[BaseFilterForm] = EntrySearchForm

    def get_object_list(self) -> QuerySet:
        return self.model_class.objects.select_related("locale").order_by("code", "locale")

    def get_results_page(self, request: Any) -> Any:
        page = super().get_results_page(request)
        remember_status(page.object_list)
        return page

    @property
    def title_column(self) -> BaseColumn:
        column = super().title_column
        column.accessor = "title"
        return column

    @property
    def columns(self) -> list[BaseColumn]:
        status = [
            column for column in super().columns if isinstance(column, LiveStatusTagColumn)
        ] or [LiveStatusTagColumn(sort_key=None)]
        others = [
            column for column in super().columns if not isinstance(column, LiveStatusTagColumn)
        ]
        return [others[0], Column("code", label=_("Code")), *others[1:], *status]


class SnippetChooseView(EntryChooseMixin, snippet_chooser.ChooseView):
    pass


class SnippetChooseResultsView(EntryChooseMixin, snippet_chooser.ChooseResultsView):
    pass


class KindChooserViewSet(snippet_chooser.SnippetChooserViewSet):
    """Chooses entries of one kind."""

    choose_view_class = SnippetChooseView
    choose_results_view_class = SnippetChooseResultsView
    per_page = 20


class AnyKindChooseMixin(EntryChooseMixin):
    filter_form_class = AnyKindSearchForm

    @property
    def columns(self) -> list[BaseColumn]:
        first, code, *others = super().columns
        return [first, code, Column("kind", label=_("Kind"), accessor=kind_label), *others]


class AnyKindChooseView(AnyKindChooseMixin, ChooseViewMixin, CreationFormMixin, BaseChooseView):
    pass


class AnyKindChooseResultsView(
    AnyKindChooseMixin, ChooseResultsViewMixin, CreationFormMixin, BaseChooseView
):
    pass


def kind_label(entry: Entry) -> str:
    """The kind of a row of the shared table."""
    model = entry.cached_content_type.model_class()
    return str(Kind(model.KIND).label)


class EntryChooserViewSet(ChooserViewSet):
    """Chooses an entry of any kind."""

    model = Entry
    icon = "doc-full"
    choose_one_text = _("Choose an entry")
    choose_another_text = _("Choose another entry")
    edit_item_text = _("Edit this entry")
    choose_view_class = AnyKindChooseView
    choose_results_view_class = AnyKindChooseResultsView
    per_page = 20


entry_chooser_viewset = EntryChooserViewSet("entry_chooser")
