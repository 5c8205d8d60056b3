"""Workers compile the listed operations before they accept the first request."""

import logging

import pytest

from graphql_api.http import documents, trusted
from graphql_api.plan.warming import warm
from tests.graphql_api.plan.running import schema


@pytest.fixture(autouse=True)
def no_documents():
    documents.cache.clear()
    yield
    documents.cache.clear()


def known(text):
    return documents.cache.get(documents.digest_of(text), schema)


def test_every_listed_operation_is_compiled():
    assert warm() == len(trusted.texts())
    found = [known(text) for text in trusted.texts()]

    assert [one for one in found if one is None] == []
    assert [len(one.plans) for one in found] == [1] * len(found)


def test_an_operation_is_warmed_though_a_value_decides_what_it_selects(settings, tmp_path):
    text = "query A($with: Boolean!) { technologies { slug @include(if: $with) } }"
    (tmp_path / "a.graphql").write_text(text)
    settings.GRAPHQL_TRUSTED_DOCUMENTS = str(tmp_path)

    warm()

    assert known(text) is not None


def test_an_operation_of_another_schema_is_left_to_its_first_request(settings, tmp_path, caplog):
    (tmp_path / "a.graphql").write_text("query A { nothing }")
    settings.GRAPHQL_TRUSTED_DOCUMENTS = str(tmp_path)
    caplog.set_level(logging.WARNING, "lamplight.graphql")

    assert warm() == 0
    assert [one.levelname for one in caplog.records] == ["WARNING"] * len(trusted.texts())
