"""The groups' rights on the site's own records, and the workflow that ends in publication."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from pages.models import Quote
from pages.roles import establish_site_roles
from tests.factories import pages

pytestmark = pytest.mark.django_db


def member(role):
    user = get_user_model().objects.create_user(role.lower(), f"{role}@hub.example", "x")
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.mark.parametrize(
    ("role", "allowed", "refused"),
    [
        ("Author", ["pages.view_quote"], ["pages.add_quote", "pages.publish_quote"]),
        (
            "Editor",
            [
                "pages.add_quote",
                "pages.publish_testimonial",
                "pages.delete_navigationmenu",
                "pages.change_hubsettings",
            ],
            [],
        ),
        (
            "Reviewer",
            ["pages.publish_quote", "pages.change_testimonial"],
            ["pages.delete_quote", "pages.change_hubsettings", "pages.add_navigationmenu"],
        ),
    ],
)
def test_each_role_may_do_its_part(role, allowed, refused):
    user = member(role)

    assert all(user.has_perm(name) for name in allowed)
    assert not any(user.has_perm(name) for name in refused)


def test_establishing_the_roles_again_changes_nothing():
    before = Permission.objects.count()

    establish_site_roles(apps)

    assert Permission.objects.count() == before


def test_a_reviewer_publishes_a_quote_by_approving_it():
    quote = pages.quote(live=False)
    quote.save_revision()
    editor, reviewer = member("Editor"), member("Reviewer")

    state = quote.get_workflow().start(quote, editor)
    assert not Quote.objects.get().live
    state.current_task_state.approve(user=reviewer)

    assert Quote.objects.get().live
