"""Where contributions meet the Wagtail admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from knowledge.contributions.moderation.bulk import BULK_ACTIONS
from knowledge.contributions.moderation.panels import ContributionsPanel
from knowledge.contributions.moderation.permissions import may_moderate
from knowledge.contributions.moderation.viewset import (
    canned_reply_viewset,
    contributions_viewset,
)
from knowledge.contributions.states import Action

_LOG_LABELS = {
    Action.CLAIM: _("Claim contribution"),
    Action.RELEASE: _("Release contribution"),
    Action.ASK: _("Ask contributor"),
    Action.ANSWER: _("Contributor's answer"),
    Action.ACCEPT: _("Accept contribution"),
    Action.DECLINE: _("Decline contribution"),
    Action.MARK_DUPLICATE: _("Mark contribution as duplicate"),
    Action.MARK_SPAM: _("Mark contribution as spam"),
    Action.RESCUE: _("Rescue contribution"),
    Action.UNDO: _("Undo decision"),
    Action.WITHDRAW: _("Withdraw contribution"),
    Action.PUBLISH: _("Publish contribution"),
}


@hooks.register("register_admin_viewset")
def register_viewsets():
    # The replies first: their addresses lie below those of the queue.
    return [canned_reply_viewset, contributions_viewset]


@hooks.register("register_admin_menu_item")
def register_menu_item():
    return contributions_viewset.get_menu_item()


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for action, label in _LOG_LABELS.items():
        actions.register_action(f"contributions.{action.lower()}", label, label)
    actions.register_action("contributions.note", _("Note on contribution"), _("Note added"))
    actions.register_action(
        "contributions.erase", _("Erase contributor"), _("Personal data erased")
    )
    actions.register_action(
        "contributions.expire", _("End of retention"), _("Kept for its time, then let go of")
    )


@hooks.register("construct_homepage_panels")
def add_home_panel(request, panels):
    if may_moderate(request.user):
        panels.append(ContributionsPanel())


@hooks.register("insert_global_admin_css")
def badge_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("contributions/moderation.css"))


for _bulk_action in BULK_ACTIONS:
    hooks.register("register_bulk_action", _bulk_action)
