"""Telling people (alerts) and machines (webhooks) what happened: one outbox, two channels."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "cms.notifications"
    label = "notifications"
    verbose_name = "Notifications"
