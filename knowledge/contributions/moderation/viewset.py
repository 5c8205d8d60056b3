"""Addresses and menu of the moderation queue, and the canned replies."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from knowledge.contributions.models import CannedReply, Contribution
from knowledge.contributions.moderation.detail import DetailView
from knowledge.contributions.moderation.permissions import may_moderate
from knowledge.contributions.moderation.queue import QueueView


class ContributionsMenuItem(MenuItem):
    """The menu entry; a badge says how many wait for a reviewer."""

    def is_shown(self, request):
        return may_moderate(request.user)

    def render_component(self, request):
        # Menu items are shared between requests; the number is of this one.
        waiting = Contribution.objects.unanswered().count()
        attrs = {**self.attrs}
        if waiting:
            label = ngettext("%(count)s waiting", "%(count)s waiting", waiting)
            attrs |= {
                "data-contributions-waiting": "99+" if waiting > 99 else str(waiting),
                "title": label % {"count": waiting},
            }
        return LinkMenuItem(
            self.name,
            self.label,
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=attrs,
        )


class ContributionURLFinder(ModelAdminURLFinder):
    """Leads from the site's history to the page of a contribution."""

    def get_edit_url(self, instance: Contribution) -> str | None:
        if self.user and not may_moderate(self.user):
            return None
        return reverse("contributions:detail", args=(instance.pk,))


register_admin_url_finder(Contribution, ContributionURLFinder)


class ContributionsViewSet(ViewSet):
    """The queue and its detail pages under ``/admin/contributions/``."""

    name = "contributions"
    icon = "mail"

    def get_urlpatterns(self):
        return [
            path("", QueueView.as_view(), name="index"),
            path("results/", QueueView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", DetailView.as_view(), name="detail"),
            path(
                "<int:pk>/<slug:action>/",
                DetailView.as_view(http_method_names=["post"]),
                name="act",
            ),
        ]

    def get_menu_item(self, order=None):
        return ContributionsMenuItem(
            _("Contributions"),
            reverse("contributions:index"),
            name="contributions",
            icon_name=self.icon,
            order=order or 210,
        )


class CannedReplyViewSet(ModelViewSet):
    """Texts that reviewers use again."""

    model = CannedReply
    name = "canned_replies"
    url_prefix = "contributions/canned-replies"
    url_namespace = "canned_replies"
    icon = "comment"
    form_fields = ["purpose", "title", "text"]
    list_display = ["title", "purpose"]
    list_filter = ["purpose"]
    search_fields = ["title", "text"]
    search_backend_name = None
    add_to_admin_menu = False


contributions_viewset = ContributionsViewSet()
canned_reply_viewset = CannedReplyViewSet()
