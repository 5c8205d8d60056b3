"""Asking for vectors without the packages stops the start with what to do."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured


def test_the_setting_without_the_packages_is_refused(settings, monkeypatch):
    settings.SEMANTIC_SEARCH = True
    monkeypatch.setattr("knowledge.search.semantic.encoder.is_installed", lambda: False)

    with pytest.raises(ImproperlyConfigured, match=r"requirements/semantic\.txt"):
        apps.get_app_config("entry_search").ready()


def test_without_the_setting_nothing_is_needed(settings, monkeypatch):
    settings.SEMANTIC_SEARCH = False
    monkeypatch.setattr("knowledge.search.semantic.encoder.is_installed", lambda: False)

    apps.get_app_config("entry_search").ready()
