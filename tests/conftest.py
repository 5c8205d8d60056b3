"""What every test may use: the languages, and a count of the statements a block takes."""

import pytest


@pytest.fixture
def german(db):
    """German as a second content language."""
    from wagtail.models import Locale

    return Locale.objects.get_or_create(language_code="de")[0]


@pytest.fixture(autouse=True)
def _read_vocabulary_anew():
    """Rolling a test back also takes back the content version that caches go by."""
    from knowledge.search import vocabulary

    vocabulary.forget()
