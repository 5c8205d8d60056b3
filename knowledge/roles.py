"""Who may do what: the groups Author, Editor and Reviewer.

Invariant: establishing the roles again changes nothing, and never takes away what an
administrator granted. Everything here takes the app registry, so that migrations can call it.
"""

from collections.abc import Iterable
from typing import Any

AUTHOR, EDITOR, REVIEWER = "Author", "Editor", "Reviewer"

ENTRY_MODELS = (
    "interviewquestion",
    "debugentry",
    "codesnippet",
    "systemdesignnote",
    "learningpath",
    "securitytopic",
)
TERM_MODELS = ("technology", "category", "topic", "role", "domain")

ALL_ACTIONS = ("view", "add", "change", "delete")
# The last approver publishes, so a reviewer without "publish" could not finish a workflow.
ENTRY_ACTIONS = {
    # Adding includes editing one's own, see knowledge.ownership.
    AUTHOR: ("view", "add"),
    EDITOR: (*ALL_ACTIONS, "publish", "lock", "unlock"),
    REVIEWER: ("view", "change", "publish", "lock", "unlock"),
}
TERM_ACTIONS = {AUTHOR: ("view",), EDITOR: ALL_ACTIONS, REVIEWER: ("view",)}
PAGE_ACTIONS = {
    AUTHOR: ("add",),
    EDITOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
    REVIEWER: ("change", "publish", "lock", "unlock"),
}
MEDIA_ACTIONS = {
    AUTHOR: ("add", "choose"),
    EDITOR: ("add", "change", "delete", "choose"),
    REVIEWER: ("choose",),
}


def establish_roles(apps: Any) -> None:
    """Create the three groups with their permissions, as far as they lack them."""
    for role in (AUTHOR, EDITOR, REVIEWER):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.add(
            permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
        )
        for model in ENTRY_MODELS:
            grant(apps, role, "knowledge", model, ENTRY_ACTIONS[role])
        for model in TERM_MODELS:
            grant(apps, role, "knowledge", model, TERM_ACTIONS[role])
        grant_pages(apps, group, PAGE_ACTIONS[role])
        grant_media(apps, group, MEDIA_ACTIONS[role])
    for role in (AUTHOR, EDITOR):
        apps.get_model("auth", "Group").objects.get(name=role).permissions.add(
            permission(
                apps,
                "simple_translation",
                "simpletranslation",
                "submit_translation",
                "Can submit translations",
            )
        )
    grant(apps, EDITOR, "wagtailredirects", "redirect", ("add", "change", "delete"))


def grant(apps: Any, role: str, app_label: str, model: str, actions: Iterable[str]) -> None:
    """Let the group ``role`` do ``actions`` (``add``, ``publish``, …) on one model."""
    group = apps.get_model("auth", "Group").objects.get(name=role)
    group.permissions.add(
        *(
            permission(
                apps,
                app_label,
                model,
                f"{action}_{model}",
                f"Can {action} {verbose_name(apps, app_label, model)}",
            )
            for action in actions
        )
    )


def permission(apps: Any, app_label: str, model: str, codename: str, name: str) -> Any:
    """The permission, made now if the database has not got it yet.

    Django and Wagtail make permissions after all migrations have run; a migration that
    grants one must be first.
    """
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return found


def verbose_name(apps: Any, app_label: str, model: str) -> str:
    """What a permission's name calls the model."""
    try:
        return apps.get_model(app_label, model)._meta.verbose_name_raw
    except LookupError:
        return model


def grant_pages(apps: Any, group: Any, actions: Iterable[str]) -> None:
    """Let ``group`` do ``actions`` on the whole page tree."""
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).order_by("path").first()
    for action in actions:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group,
            page=root,
            permission=permission(
                apps, "wagtailcore", "page", f"{action}_page", f"Can {action} page"
            ),
        )


def grant_media(apps: Any, group: Any, actions: Iterable[str]) -> None:
    """Let ``group`` do ``actions`` on images and documents of every collection."""
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    # Wagtail asks for the permissions of its own models, whatever models hold the files.
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in actions:
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group,
                collection=root,
                permission=permission(
                    apps, app_label, model, f"{action}_{model}", f"Can {action} {model}"
                ),
            )
