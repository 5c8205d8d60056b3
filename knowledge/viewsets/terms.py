"""The admin of the vocabularies.

Invariant: a term that entries are filed under cannot be deleted, and the editor is told so.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, LocaleColumn, NumberColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from knowledge import panels
from knowledge.models import Category, Domain, Role, Technology, Topic
from knowledge.models.taxonomy import Term


class TermIndexView(IndexView):
    """A vocabulary, with how many entries are filed under each term."""

    def get_base_queryset(self) -> QuerySet:
        terms = self.model.objects.select_related("locale")
        if issubclass(self.model, Technology):
            terms = terms.select_related("language")
        relation = {"Category": "questions", "Role": "questions", "Domain": None}.get(
            self.model.__name__, "entries"
        )
        if relation is None:
            return terms
        return terms.annotate(
            entry_count=Count(relation, distinct=True),
            live_count=Count(relation, filter=Q(**{f"{relation}__live": True}), distinct=True),
        )


class TermViewSet(SnippetViewSet):
    """What all vocabularies share."""

    index_view_class = TermIndexView
    list_per_page = 50
    ordering = ["order", "name"]
    search_backend_name = None
    search_fields = ["name", "slug"]
    sort_order_field = None
    panel: ObjectList = panels.CATEGORY
    term_columns: list[Any] = []
    count_columns: list[Any] = [
        NumberColumn("entry_count", label=gettext_lazy("Entries"), sort_key="entry_count"),
        NumberColumn("live_count", label=gettext_lazy("Live"), sort_key="live_count"),
    ]

    @property
    def edit_handler(self) -> ObjectList:
        return self.panel

    @property
    def list_display(self) -> list[Any]:
        return [
            "name",
            Column("slug", label=gettext_lazy("Slug"), sort_key="slug"),
            *self.term_columns,
            *self.count_columns,
            LocaleColumn(),
        ]


class TechnologyViewSet(TermViewSet):
    model = Technology
    icon = "desktop"
    panel = panels.TECHNOLOGY
    search_fields = ["name", "slug", "display_label", "aliases", "code_prefix"]
    term_columns = [
        Column("code_prefix", label=gettext_lazy("Code prefix"), sort_key="code_prefix"),
        Column("language", label=gettext_lazy("Language"), sort_key="language__name"),
    ]


class CategoryViewSet(TermViewSet):
    model = Category
    icon = "folder-open-inverse"


class TopicViewSet(TermViewSet):
    model = Topic
    icon = "tag"
    panel = panels.TOPIC
    search_fields = ["name", "slug", "aliases"]


class RoleViewSet(TermViewSet):
    model = Role
    icon = "group"
    panel = panels.ROLE


class DomainViewSet(TermViewSet):
    model = Domain
    icon = "grid"
    panel = panels.DOMAIN
    term_columns = [
        Column("number", label=gettext_lazy("Number"), sort_key="number"),
        Column(
            "kind",
            label=gettext_lazy("Kind"),
            accessor="get_kind_display",
            sort_key="kind",
        ),
        Column("claimed_figure", label=gettext_lazy("Claimed figure")),
    ]
    count_columns: list[Any] = []


def refuse_deletion_in_use(request: HttpRequest, objects: Sequence[Model]) -> HttpResponse | None:
    """Send the editor back with the reason when a term is still in use."""
    terms = [one for one in objects if isinstance(one, Term)]
    if not terms:
        return None
    collector = NestedObjects(using="default")
    collector.collect(terms)
    if not collector.protected:
        return None
    count = len(collector.protected)
    messages.error(
        request,
        ngettext(
            "Not deleted: %(count)d entry is filed under it.",
            "Not deleted: %(count)d entries are filed under it.",
            count,
        )
        % {"count": count},
    )
    viewset = type(terms[0]).snippet_viewset
    return redirect(viewset.get_url_name("list"))
