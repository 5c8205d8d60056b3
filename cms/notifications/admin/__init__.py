"""Webhooks, deliveries and subscribers in the Wagtail admin."""
