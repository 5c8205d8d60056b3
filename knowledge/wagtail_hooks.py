"""Where the records meet the Wagtail admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from knowledge.choosers import entry_chooser_viewset
from knowledge.home import DraftsPanel
from knowledge.viewsets.bulk_actions import BULK_ACTIONS
from knowledge.viewsets.group import KnowledgeViewSetGroup
from knowledge.viewsets.terms import refuse_deletion_in_use

register_snippet(KnowledgeViewSetGroup)

hooks.register("before_delete_snippet", refuse_deletion_in_use)
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("construct_homepage_panels")
def add_drafts_panel(request, panels):
    panels.append(DraftsPanel())


@hooks.register("register_admin_viewset")
def register_entry_chooser():
    return entry_chooser_viewset


@hooks.register("insert_global_admin_css")
def admin_css():
    return format_html('<link rel="stylesheet" href="{}">', static("knowledge/admin.css"))
