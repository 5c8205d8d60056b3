"""The product's own look in the Wagtail admin; the templates are under ``wagtailadmin/``."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def branding_css():
    return format_html('<link rel="stylesheet" href="{}">', static("branding/admin.css"))
