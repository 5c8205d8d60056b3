"""The encoder gives the vectors of the published model, from the installed files."""

import pytest

from knowledge.search.semantic.encoder import encoder

pytestmark = pytest.mark.semantic


def cosine(left: str, right: str) -> float:
    return float(encoder().encode(left) @ encoder().encode(right))


def test_a_vector_has_length_one():
    vector = encoder().encode("What is a deadlock?")

    assert vector.shape == (384,)
    assert float(vector @ vector) == pytest.approx(1, abs=1e-5)


def test_the_same_meaning_is_near_and_another_is_far():
    assert cosine(
        "How do I stop a thread in Python?", "Terminating threads gracefully in python"
    ) == pytest.approx(0.799, abs=0.005)
    assert abs(cosine("How do I stop a thread in Python?", "Recipe for apple pie")) < 0.05


def test_any_text_has_a_vector():
    for text in ("", "\x00", "😀" * 300, "x" * 10_000, "的" * 1_000):
        assert encoder().encode(text).shape == (384,)


def test_what_is_beyond_the_model_s_length_changes_nothing():
    text = "dead " * 400

    assert cosine(text, f"{text} other words") == pytest.approx(1, abs=1e-5)
