"""Where the records meet the Wagtail admin."""

from wagtail import hooks

from knowledge.choosers import entry_chooser_viewset


@hooks.register("register_admin_viewset")
def register_entry_chooser():
    return entry_chooser_viewset
