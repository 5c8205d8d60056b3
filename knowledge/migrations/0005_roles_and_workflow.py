"""The groups Author, Editor and Reviewer, and the workflow their drafts go through."""

from django.conf import settings
from django.db import migrations

from knowledge.roles import establish_roles
from knowledge.workflow import establish_workflow


def establish(apps, schema_editor):
    establish_roles(apps)
    establish_workflow(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0004_entry_owner"),
        ("media", "0002_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("simple_translation", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
