"""The editorial workflow: one approval by a reviewer or an editor, then publication.

Invariant: establishing it again changes nothing, and replaces only what nobody chose.
Everything here takes the app registry, so that migrations can call it.
"""

from typing import Any

from knowledge.roles import EDITOR, ENTRY_MODELS, REVIEWER

WORKFLOW_NAME = "Editorial review"
TASK_NAME = "Review"
# What Wagtail's first migrations set up for pages.
STOCK_WORKFLOW = "Moderators approval"
STOCK_GROUPS = ("Moderators", "Editors")


def establish_workflow(apps: Any) -> None:
    """Create the workflow and assign it to the six kinds and to all pages."""
    workflow = editorial_review(apps)
    for model in ENTRY_MODELS:
        assign_to_model(apps, workflow, "knowledge", model)
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).order_by("path").first()
    remove_stock_workflow(apps)
    apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(
        page=root, defaults={"workflow": workflow}
    )
    remove_stock_groups(apps)


def editorial_review(apps: Any) -> Any:
    """The workflow with its single task."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="groupapprovaltask"
    )
    task, created = apps.get_model("wagtailcore", "GroupApprovalTask").objects.get_or_create(
        name=TASK_NAME, defaults={"content_type": content_type}
    )
    if created:
        task.groups.set(apps.get_model("auth", "Group").objects.filter(name__in=(REVIEWER, EDITOR)))
    workflow, _ = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(
        name=WORKFLOW_NAME
    )
    apps.get_model("wagtailcore", "WorkflowTask").objects.get_or_create(
        workflow=workflow, task_id=task.pk, defaults={"sort_order": 0}
    )
    return workflow


def assign_to_model(apps: Any, workflow: Any, app_label: str, model: str) -> None:
    """Make ``workflow`` the one that drafts of the model go through, unless they have one."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
        content_type=content_type, defaults={"workflow": workflow}
    )


def remove_stock_workflow(apps: Any) -> None:
    """Remove Wagtail's own workflow as long as nothing ever went through it."""
    workflow_model = apps.get_model("wagtailcore", "Workflow")
    workflow = workflow_model.objects.filter(name=STOCK_WORKFLOW).first()
    states = apps.get_model("wagtailcore", "WorkflowState").objects
    if workflow is None or states.filter(workflow=workflow).exists():
        return
    tasks = list(
        apps.get_model("wagtailcore", "WorkflowTask")
        .objects.filter(workflow=workflow)
        .values_list("task_id", flat=True)
    )
    workflow.delete()
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(pk__in=tasks).exclude(
        pk__in=apps.get_model("wagtailcore", "WorkflowTask").objects.values("task_id")
    ).delete()


def remove_stock_groups(apps: Any) -> None:
    """Remove Wagtail's own two groups as long as they have no members and no task."""
    busy = apps.get_model("wagtailcore", "GroupApprovalTask").groups.through.objects
    apps.get_model("auth", "Group").objects.filter(
        name__in=STOCK_GROUPS, user__isnull=True
    ).exclude(pk__in=busy.values("group_id")).delete()
