"""The error lookup put to the test: answerable, with the answer taken away, and foreign.

Invariant: answers are right or wrong by the records a query names; nothing is judged by hand.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from knowledge.kinds import Kind
from knowledge.models.published import PublishedEntry
from knowledge.search.errors.confidence import inputs
from knowledge.search.errors.lookup import (
    LEAST_SCORE,
    MOST_MATCHES,
    ErrorLookup,
    lookup_error,
)
from knowledge.search.evaluation.fitting import Example
from knowledge.search.evaluation.harder import harder
from knowledge.search.evaluation.queries import KnownQuery

FOREIGN_TEXTS = Path(__file__).with_name("foreign_texts.jsonl")
ANSWERABLE, REMOVED, FOREIGN = "answerable", "entry removed", "foreign text"
REMOVED_HARDER = "entry removed, in a harder form"
_EXAMPLES_PER_CASE = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """One match of a case: how sure, whether right, and the inputs of its confidence."""

    confidence: float
    is_right: bool
    inputs: tuple[float, ...]
    # Whether its evidence allows to show it at all, however sure it is.
    is_real: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """A paste put to the lookup, and what came back, likeliest first."""

    name: str
    is_training: bool
    answers: tuple[Answer, ...]

    @property
    def rank(self) -> int | None:
        """The rank, from 1, of the first right answer."""
        return next((rank for rank, one in enumerate(self.answers, 1) if one.is_right), None)

    def shown(self, floor: float) -> tuple[Answer, ...]:
        """What would be listed if nothing less likely than ``floor`` were said."""
        real = tuple(one for one in self.answers if one.is_real)
        if not real or real[0].confidence < floor or real[0].inputs[0] < LEAST_SCORE:
            return ()
        return real


def foreign_texts() -> list[KnownQuery]:
    """Pastes and prose that no entry of the supplied collections explains."""
    with FOREIGN_TEXTS.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [KnownQuery(row["id"], row["text"], frozenset()) for row in rows]


def cases(queries: Sequence[KnownQuery]) -> Iterable[Case]:
    """Every query as it is, with its answers removed and in harder forms; then foreign texts."""
    records = records_of_entries()
    entries: dict[str, set[int]] = {}
    for pk, record in records.items():
        entries.setdefault(record, set()).add(pk)
    for query in queries:
        yield _case(ANSWERABLE, query, records)
        answers = frozenset(pk for record in query.expected for pk in entries.get(record, ()))
        yield _case(REMOVED, query, records, without=answers)
        for form, harder_query in harder(query):
            yield _case(form, harder_query, records)
            yield _case(REMOVED_HARDER, harder_query, records, without=answers)
    for text in foreign_texts():
        yield _case(FOREIGN, text, records)


def records_of_entries() -> dict[int, str]:
    """Primary key of a published debug entry → its record's id in its collection."""
    rows = PublishedEntry.objects.visible().filter(kind=Kind.DEBUG_ENTRY)
    found = rows.values_list("pk", "outline")
    return {pk: outline["provenance"]["sourceId"] or "" for pk, outline in found}


def examples(of: Iterable[Case]) -> list[Example]:
    """What the confidence is fitted on: the first answers of every case.

    Harder forms teach how far weaker evidence can be trusted.
    """
    return [
        (answer.inputs, answer.is_right)
        for case in of
        for answer in case.answers[:_EXAMPLES_PER_CASE]
    ]


def _case(
    name: str,
    query: KnownQuery,
    records: dict[int, str],
    without: frozenset[int] = frozenset(),
) -> Case:
    found = lookup_error(
        query.text,
        locale=settings.LANGUAGE_CODE,
        without=without,
        least_confidence=0.0,
        least_beside=0.0,
    )
    expected = frozenset() if without or name == FOREIGN else query.expected
    return Case(name, query.is_training, tuple(_answers(found, records, expected)))


def _answers(
    found: ErrorLookup, records: dict[int, str], expected: frozenset[str]
) -> Iterable[Answer]:
    for position, match in enumerate(found.matches[:MOST_MATCHES]):
        other = 1 if position == 0 else 0
        rival = found.matches[other].evidence.score if len(found.matches) > 1 else 0.0
        yield Answer(
            match.confidence,
            records.get(match.entry_id, "") in expected,
            inputs(match.evidence, match.evidence.score - rival),
            match.evidence.is_real,
        )
