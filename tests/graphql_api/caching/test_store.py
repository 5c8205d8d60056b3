"""The store is bounded, forgets by tag, and keeps what was used last."""

import pytest

from graphql_api.caching.store import OVERHEAD_BYTES, TAG_BYTES, AnswerStore, StoredAnswer


def answer(size: int = 0, *tags: str) -> StoredAnswer:
    return StoredAnswer(body=b"x" * size, headers=(), tags=frozenset(tags))


def test_an_answer_is_found_again():
    store = AnswerStore(100 * OVERHEAD_BYTES)
    store.put(b"a", answer(3))

    assert store.get(b"a") == answer(3)
    assert store.get(b"b") is None
    assert (store.hits, store.misses) == (1, 1)


def test_the_least_recently_used_goes_first():
    store = AnswerStore(10 * OVERHEAD_BYTES)
    for number in range(10):
        store.put(bytes([number]), answer())
    store.get(bytes([0]))

    store.put(b"new", answer())

    assert store.get(bytes([0])) is not None
    assert store.get(bytes([1])) is None
    assert len(store) == 10
    assert store.size == 10 * OVERHEAD_BYTES


def test_an_answer_too_large_for_the_store_is_not_kept():
    store = AnswerStore(10 * OVERHEAD_BYTES)
    store.put(b"a", answer(OVERHEAD_BYTES))

    assert len(store) == 0


def test_forgetting_a_tag_keeps_unrelated_answers():
    store = AnswerStore(100 * OVERHEAD_BYTES)
    store.put(b"a", answer(0, "e1", "question"))
    store.put(b"b", answer(0, "e2", "snippet"))

    assert store.forget(["e1", "e9"]) == 1
    assert store.get(b"a") is None
    assert store.get(b"b") is not None


def test_replacing_an_answer_forgets_its_former_tags():
    store = AnswerStore(100 * OVERHEAD_BYTES)
    store.put(b"a", answer(0, "e1"))
    store.put(b"a", answer(0, "e2"))

    assert store.forget(["e1"]) == 0
    assert store.forget(["e2"]) == 1
    assert store.size == 0


def test_tags_take_room_too():
    store = AnswerStore(100 * OVERHEAD_BYTES)
    store.put(b"a", answer(3, "e1", "e2"))

    assert store.size == 3 + OVERHEAD_BYTES + 2 * TAG_BYTES


@pytest.mark.parametrize("forget", [lambda store: store.clear(), lambda store: store.forget(["x"])])
def test_an_answer_made_before_something_was_forgotten_is_not_kept(forget):
    store = AnswerStore(100 * OVERHEAD_BYTES)
    before = store.generation
    forget(store)

    assert store.put(b"a", answer(), before) is False
    assert store.put(b"a", answer(), store.generation) is True


def test_an_answer_ends_with_its_lifetime():
    now = [0.0]
    store = AnswerStore(100 * OVERHEAD_BYTES, clock=lambda: now[0])
    store.put(b"a", StoredAnswer(body=b"", headers=(), tags=frozenset(), lifetime=60))

    now[0] = 59.9
    assert store.get(b"a") is not None
    now[0] = 60.0
    assert store.get(b"a") is None
    assert len(store) == 0
