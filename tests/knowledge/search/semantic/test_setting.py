"""Asking for vectors without the packages stops the start with what to do."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from knowledge.search.semantic import encoder


def test_the_setting_without_the_packages_is_refused(settings, monkeypatch):
    settings.SEMANTIC_SEARCH = True
    monkeypatch.setattr("knowledge.search.semantic.encoder.is_installed", lambda: False)

    with pytest.raises(ImproperlyConfigured, match=r"requirements/semantic\.txt"):
        apps.get_app_config("entry_search").ready()


def test_without_the_setting_nothing_is_needed(settings, monkeypatch):
    settings.SEMANTIC_SEARCH = False
    monkeypatch.setattr("knowledge.search.semantic.encoder.is_installed", lambda: False)

    apps.get_app_config("entry_search").ready()


def test_the_model_is_not_loaded_where_it_is_not_used(settings, monkeypatch):
    settings.SEMANTIC_SEARCH = False
    monkeypatch.setattr("knowledge.search.semantic.encoder._encoder", None)

    encoder.warm()


@pytest.mark.semantic
def test_the_model_is_loaded_before_the_first_reader_waits(settings):
    settings.SEMANTIC_SEARCH = True
    encoder._encoder.cache_clear()

    encoder.warm()

    assert encoder._encoder.cache_info().currsize == 1
