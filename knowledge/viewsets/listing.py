"""Listings of entries.

Invariant: a page of any length takes the same number of SQL statements.
"""

from collections import OrderedDict
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.widgets.button import BaseButton, Button, ButtonWithDropdown
from wagtail.contrib.simple_translation.wagtail_hooks import (
    register_snippet_listing_buttons as translate_button,
)
from wagtail.models import Locale
from wagtail.snippets.views.snippets import IndexView

from knowledge.counters.reading import with_counts
from knowledge.models import Entry
from knowledge.viewsets.status import remember_status

# A spreadsheet program takes a cell that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_text_cell(value: str) -> str:
    """``value`` so that a spreadsheet program shows it and does not compute it."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


class EntryIndexView(IndexView):
    """The entries of one kind."""

    custom_value_preprocess = {
        **IndexView.custom_value_preprocess,
        str: {IndexView.FORMAT_CSV: as_text_cell},
    }

    def get_base_queryset(self) -> QuerySet:
        """Rows without their long texts, which no listing shows."""
        relations = ["locale", "technology"]
        if any(field.name == "category" for field in self.model._meta.get_fields()):
            relations.append("category")
        return with_counts(
            self.model.objects.select_related(*relations)
            .defer(*long_fields(self.model))
            .annotate(_updated_at=F("latest_revision__created_at"))
        )

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Any:
        return super()._get_title_column(*args, **{"width": "30%", **kwargs})

    def _annotate_queryset_updated_at(self, queryset: QuerySet) -> QuerySet:
        # Wagtail would fetch the whole latest revision of every row for its date.
        return queryset

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> Any:
        paginator, page, entries, is_paginated = super().paginate_queryset(queryset, page_size)
        remember_status(entries)
        self.translated = self.translated_locales(entries)
        return paginator, page, entries, is_paginated

    def translated_locales(self, entries: QuerySet) -> dict[Any, set[int]]:
        """Translation key → the locales that exist under it."""
        found: dict[Any, set[int]] = {}
        for key, locale_id in Entry.objects.filter(
            translation_key__in=[entry.translation_key for entry in entries]
        ).values_list("translation_key", "locale_id"):
            found.setdefault(key, set()).add(locale_id)
        return found

    def get_edit_url(self, instance: Entry) -> str | None:
        if self.user_has_permission_for_instance("change", instance):
            return super().get_edit_url(instance)
        return None

    def get_list_more_buttons(self, instance: Entry) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if self.may_translate and self.all_locales - self.translated[instance.translation_key]:
            url = reverse(
                "simple_translation:submit_snippet_translation",
                args=[
                    self.model._meta.app_label,
                    self.model._meta.model_name,
                    quote(instance.pk),
                ],
            )
            buttons.append(MenuItem(_("Translate"), url, icon_name="globe", priority=100))
        return buttons

    def get_list_buttons(self, instance: Entry) -> list[Any]:
        """As Wagtail's, less the one hook that asks the database about every row."""
        buttons = self.get_list_more_buttons(instance)
        for hook in hooks.get_hooks("register_snippet_listing_buttons"):
            if hook is not translate_button:
                buttons.extend(hook(instance, self.request.user, self.request.path))
        on_top = [
            one for one in buttons if isinstance(one, BaseButton) and not one.allow_in_dropdown
        ]
        more = [
            Button.from_menu_item(one) if isinstance(one, MenuItem) else one
            for one in buttons
            if one not in on_top
            and (one.is_shown(self.request.user) if isinstance(one, MenuItem) else one.show)
        ]
        for hook in hooks.get_hooks("construct_snippet_listing_buttons"):
            hook(more, instance, self.request.user)
        if more:
            label = _("More options for '%(title)s'") % {"title": str(instance)}
            on_top.append(
                ButtonWithDropdown(
                    buttons=more, icon_name="dots-horizontal", attrs={"aria-label": label}
                )
            )
        return on_top

    @property
    def may_translate(self) -> bool:
        return self.request.user.has_perm("simple_translation.submit_translation")

    @property
    def all_locales(self) -> set[int]:
        if not hasattr(self, "_all_locales"):
            self._all_locales = set(Locale.objects.values_list("pk", flat=True))
        return self._all_locales

    def to_row_dict(self, item: Entry) -> OrderedDict[str, Any]:
        return OrderedDict((name, exported(item, name)) for name in self.list_export)

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> Any:
        if self.is_export:
            entries = list(context["object_list"])
            remember_status(entries)
            context["object_list"] = EntriesToExport(self.model, entries)
        return super().render_to_response(context, **response_kwargs)


class EntriesToExport(list):
    """Loaded entries that know their model, as the exporter expects of a queryset."""

    def __init__(self, model: type[Entry], entries: list[Entry]) -> None:
        super().__init__(entries)
        self.model = model


def exported(entry: Entry, name: str) -> Any:
    """The value of a column: a choice by its label, a term by its name."""
    if name == "locale":
        return entry.locale.language_code
    if display := getattr(entry, f"get_{name}_display", None):
        return str(display())
    value = getattr(entry, name)
    return "" if value is None else str(value) if hasattr(value, "pk") else value


def long_fields(model: type[Entry]) -> list[str]:
    """The fields of a kind that hold texts of any length."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.get_internal_type() in {"TextField", "JSONField"}
    ]
