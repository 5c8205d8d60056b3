"""What the admin changes in bulk, without saving the objects one by one."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.publishing.receivers import files_moved


@hooks.register("after_bulk_action")
def follow_files_to_their_collection(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    """Images and documents are put into a collection by one statement, which tells nobody."""
    if action_type == "add_to_collection":
        files_moved(objects)
