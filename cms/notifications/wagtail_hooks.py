"""Where notifications meet the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup

from cms.notifications.admin.deliveries import OutgoingMailViewSet, WebhookDeliveryViewSet
from cms.notifications.admin.endpoints import WebhookEndpointViewSet
from cms.notifications.admin.subscriptions import AlertSubscriptionViewSet


class NotificationsViewSetGroup(ModelViewSetGroup):
    menu_label = _("Notifications")
    menu_icon = "mail"
    menu_order = 700
    items = (
        AlertSubscriptionViewSet(),
        OutgoingMailViewSet(),
        WebhookEndpointViewSet(),
        WebhookDeliveryViewSet(),
    )


@hooks.register("register_admin_viewset")
def register_notifications():
    return NotificationsViewSetGroup()


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action(
        "notifications.send_again", _("Send again"), _("Queued to be sent again")
    )
    actions.register_action(
        "notifications.rotate_secret", _("New webhook secret"), _("Made a new webhook secret")
    )
    actions.register_action(
        "notifications.test_call", _("Webhook test"), _("Sent a webhook test call")
    )
