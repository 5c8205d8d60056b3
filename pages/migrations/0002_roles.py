"""Authors, editors and reviewers may work on the site, each as far as their role goes."""

from django.db import migrations

from pages.roles import establish_site_roles


def establish(apps, schema_editor):
    establish_site_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("knowledge", "0005_roles_and_workflow"),
    ]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
