"""The group Moderator, and the permissions of those who decide about contributions."""

from django.db import migrations

from knowledge.contributions.roles import establish_moderators


def establish(apps, schema_editor):
    establish_moderators(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0001_initial"),
        ("knowledge", "0005_roles_and_workflow"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
