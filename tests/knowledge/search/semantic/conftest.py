"""Rolling a test back also takes back the number that vectors in memory go by."""

import pytest


@pytest.fixture(autouse=True)
def _read_vectors_anew(monkeypatch):
    monkeypatch.setattr("knowledge.search.semantic.nearness._matrix", None)
