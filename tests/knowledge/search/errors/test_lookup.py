"""What is shown of the candidates: nothing that is hopeless, and never more sure further down."""

import pytest

from knowledge.search.errors.lookup import LEAST_CONFIDENCE, _with_confidence
from knowledge.search.errors.matching import Evidence


def with_message(**values: float) -> Evidence:
    return Evidence(has_message=True, **values)


SURE = with_message(code=1.0, coverage=1.0, exactness=1.0, trigram=1.0, words=1.0, technology=1.0)
LIKELY = with_message(coverage=0.7, exactness=0.9, trigram=0.7, words=0.8, technology=0.8)
SIMILAR = with_message(coverage=0.45, exactness=0.6, trigram=0.4, words=1.0, technology=0.5)
WEAK = with_message(coverage=0.2, exactness=0.3, trigram=0.2, words=0.5)


def shown(*found: Evidence, least: float = LEAST_CONFIDENCE, beside: float = 0.1) -> list[int]:
    matches = _with_confidence(list(enumerate(found)), least, beside)
    return [match.entry_id for match in matches]


def test_after_a_sure_match_the_hopeless_are_left_out():
    assert shown(SURE, WEAK, WEAK) == [0]


def test_beside_an_unlikely_match_everything_is_worth_a_look():
    assert shown(SIMILAR, SIMILAR, WEAK) == [0, 1, 2]


def test_nothing_is_said_when_the_best_is_unlikely():
    assert shown(WEAK, WEAK) == []


def test_nothing_is_said_on_little_evidence_however_far_it_leads():
    assert shown(Evidence(words=1.0)) == []


def test_words_alone_are_left_out_wherever_they_stand():
    assert shown(SIMILAR, Evidence(words=1.0, technology=1.0), WEAK) == [0, 2]


def test_whoever_asks_for_all_gets_all():
    assert shown(SURE, WEAK, WEAK, least=0, beside=0) == [0, 1, 2]


def test_confidence_never_rises_down_the_list():
    found = [LIKELY, Evidence(code=0.0, coverage=0.69, exactness=1.0, trigram=0.69, words=1.0)]
    matches = _with_confidence(list(enumerate(found)), 0, 0)

    assert matches[0].confidence >= matches[1].confidence


@pytest.mark.parametrize("count", [0, 1])
def test_there_may_be_no_rival(count):
    assert len(shown(*[SURE] * count)) == count
