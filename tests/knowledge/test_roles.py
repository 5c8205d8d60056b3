"""The groups and the workflow that a fresh installation has."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
)

from knowledge.models import ENTRY_MODELS
from knowledge.roles import establish_roles
from knowledge.workflow import establish_workflow

pytestmark = pytest.mark.django_db


def actions(role: str, model: str) -> list[str]:
    group = Group.objects.get(name=role)
    return sorted(
        permission.codename.split("_")[0]
        for permission in group.permissions.filter(content_type__model=model)
    )


def test_a_fresh_installation_has_our_groups_in_place_of_the_stock_ones():
    names = set(Group.objects.values_list("name", flat=True))
    assert names >= {"Author", "Editor", "Reviewer"}
    assert not names & {"Editors", "Moderators"}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Author", ["add", "view"]),
        ("Editor", ["add", "change", "delete", "lock", "publish", "unlock", "view"]),
        ("Reviewer", ["change", "lock", "publish", "unlock", "view"]),
    ],
)
@pytest.mark.parametrize("model", [model._meta.model_name for model in ENTRY_MODELS])
def test_what_a_role_may_do_with_entries(role, expected, model):
    assert actions(role, model) == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [("Author", ["view"]), ("Editor", ["add", "change", "delete", "view"]), ("Reviewer", ["view"])],
)
def test_what_a_role_may_do_with_terms(role, expected):
    assert actions(role, "technology") == expected


@pytest.mark.parametrize("role", ["Author", "Editor", "Reviewer"])
def test_every_role_enters_the_admin(role):
    assert actions(role, "admin") == ["access"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Author", ["add_image", "choose_image"]),
        ("Editor", ["add_image", "change_image", "choose_image", "delete_image"]),
        ("Reviewer", ["choose_image"]),
    ],
)
def test_what_a_role_may_do_with_images(role, expected):
    granted = GroupCollectionPermission.objects.filter(
        group__name=role, permission__codename__endswith="_image"
    )
    assert sorted(granted.values_list("permission__codename", flat=True)) == expected


def test_every_permission_exists_once():
    names = list(Permission.objects.values_list("content_type", "codename"))
    assert len(names) == len(set(names))


def test_the_workflow_is_assigned_to_every_kind_and_to_the_page_tree():
    workflow = Workflow.objects.get(name="Editorial review")
    assigned = WorkflowContentType.objects.filter(
        workflow=workflow, content_type__model__in=[one._meta.model_name for one in ENTRY_MODELS]
    )
    assert assigned.count() == 6
    assert WorkflowPage.objects.get(workflow=workflow).page.depth == 1


def test_establishing_again_changes_nothing():
    def counts():
        return [
            model.objects.count()
            for model in (
                Permission,
                Group,
                Workflow,
                WorkflowContentType,
                GroupPagePermission,
                GroupCollectionPermission,
            )
        ]

    before = counts()
    establish_roles(apps)
    establish_workflow(apps)

    assert counts() == before
