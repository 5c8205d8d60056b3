"""The measures measure what they say."""

import json

import pytest

from knowledge.search.evaluation.fitting import fit
from knowledge.search.evaluation.generated import Language, documents, trace
from knowledge.search.evaluation.measures import overlap, quality, rank_of, reliability
from knowledge.search.evaluation.queries import KnownQuery, read_queries
from knowledge.search.evaluation.scratch import ScratchError, manage


def test_quality_of_ranks():
    measured = quality([1, 2, None, 7])

    assert (measured.mrr, measured.recall_1, measured.recall_5, measured.recall_10) == (
        pytest.approx((1 + 1 / 2 + 1 / 7) / 4),
        0.25,
        0.5,
        0.75,
    )


def test_any_expected_answer_counts():
    assert rank_of(["a", "b", "c"], {"c", "b"}) == 2
    assert rank_of(["a"], {"x"}) is None


def test_reliability_compares_said_with_right():
    (low, high) = reliability([(0.1, False), (0.9, True), (1.0, False)], (0.0, 0.5, 1.0))

    assert (low.count, low.right) == (1, 0.0)
    assert (high.count, high.said, high.right) == (2, pytest.approx(0.95), 0.5)


def test_overlap_of_lists():
    assert overlap(["a", "b"], ["b", "c"]) == 0.5
    assert overlap([], []) == 1.0


def test_fitting_learns_which_input_decides():
    coefficients, _ = fit(
        [((1.0, 0.3), True), ((0.9, 0.6), True), ((0.1, 0.5), False), ((0.0, 0.4), False)],
        steps=500,
    )

    assert coefficients[0] > abs(coefficients[1])


def test_the_halves_are_fixed_by_the_id():
    known = [KnownQuery(f"q{number}", "", frozenset()) for number in range(200)]

    assert 80 < sum(one.is_training for one in known) < 120
    assert [one.is_training for one in known[:4]] == [
        KnownQuery(f"q{number}", "", frozenset()).is_training for number in range(4)
    ]


def test_queries_are_read(tmp_path):
    path = tmp_path / "queries.jsonl"
    path.write_text(json.dumps({"id": "a", "query": "b", "expected": ["c"]}) + "\n")

    assert read_queries(path) == [KnownQuery("a", "b", frozenset({"c"}))]


def test_generated_documents_are_always_the_same():
    first = [one.card for one in documents(5, 1, Language(3))]
    second = [one.card for one in documents(5, 1, Language(3))]

    assert first == second


def test_a_generated_trace_holds_the_message_with_another_name():
    text = trace("KeyError: lost 'alphaBeta7' again", Language(3))

    assert "KeyError: lost '" in text
    assert "alphaBeta7" not in text


def test_an_import_that_breaks_off_stops_the_evaluation(tmp_path):
    records = tmp_path / "debug_entry.jsonl"
    records.write_text('{"title": "E1", "error_message": "E1"}\n', encoding="utf-8")

    # A database without tables.
    with pytest.raises(ScratchError, match="import_content failed"):
        manage(f"sqlite:///{tmp_path}/empty.sqlite3", "import_content", str(tmp_path))
