"""Names are read anew when they change, and kept when something else does."""

import pytest

from cms.publishing.models import ContentVersion
from knowledge.search.vocabulary import vocabulary
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db


def test_a_publication_keeps_the_names(django_assert_num_queries):
    question = entries.question()
    known = vocabulary()
    entries.published(question)

    # The stamp of the surroundings.
    with django_assert_num_queries(1):
        assert vocabulary() is known


def test_a_new_alias_is_known_at_once():
    technology = terms.technology("kubernetes", aliases="k8s")
    assert vocabulary().named(("kube",)) == []
    technology.aliases = "k8s\nkube"
    technology.save()

    (found,) = vocabulary().named(("kube",))

    assert (found.slug, found.key) == ("kubernetes", technology.translation_key.hex)


def test_a_stamp_that_was_just_read_takes_no_statement(django_assert_num_queries):
    entries.published(entries.question())
    vocabulary()
    surroundings = ContentVersion.objects.get().surroundings

    with django_assert_num_queries(0):
        vocabulary(surroundings)
