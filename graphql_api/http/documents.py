"""Parsing and validation, done once for each distinct document.

Invariant: only documents that passed every check are kept, at most so many documents and
so many tokens a process, whatever clients send; a document is valid for one schema only.
"""

import gc
import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OverlappingFieldsCanBeMergedRule,
    ValidationContext,
    parse,
    specified_rules,
    validate,
)
from graphql.validation.validate import ValidationAbortedError

from graphql_api.errors import ErrorCode
from graphql_api.http import refusals
from graphql_api.http.measures import Measures, measure
from graphql_api.http.nul import clean_document


class BoundedOverlappingFieldsRule(OverlappingFieldsCanBeMergedRule):
    """Comparing fields of one name takes time quadratic in their number.

    The library stops after half a second of it; ours stops after the setting.
    """

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = settings.GRAPHQL_MAX_FIELD_COMPARISONS


# The digests of texts up to this length, in characters, are remembered: two megabytes of them.
_SHORT = 2_000
_RULES = [
    BoundedOverlappingFieldsRule if rule is OverlappingFieldsCanBeMergedRule else rule
    for rule in specified_rules
]


@dataclass(slots=True)
class ParsedDocument:
    """A document and what was learnt about it. ``valid_for`` is set by validation."""

    digest: str
    document: DocumentNode
    measures: Measures
    tokens: int
    fragments: dict[str, FragmentDefinitionNode]
    valid_for: GraphQLSchema | None = None
    # Costs by operation and page sizes, and by operation the variables that hold those: see
    # graphql_api.http.cost.
    costs: dict[tuple, int] = field(default_factory=dict)
    counted: dict[int, tuple[str, ...]] = field(default_factory=dict)
    # Compiled plans by operation and variant, see graphql_api.plan.operations.
    plans: dict[tuple, Any] = field(default_factory=dict)
    # What is compiled takes as much memory as so many tokens.
    planned: int = 0
    deciding: dict[int, frozenset[str]] = field(default_factory=dict)
    # What coerces the variables of an operation, see graphql_api.plan.variables.
    coercers: dict[int, Any] = field(default_factory=dict)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of that name, or the only one; raises ``Refused``."""
        operations = [
            definition
            for definition in self.document.definitions
            if isinstance(definition, OperationDefinitionNode)
        ]
        if name is not None:
            operations = [item for item in operations if item.name and item.name.value == name]
        if operations and (name is not None or len(operations) == 1):
            return operations[0]
        if name is not None:
            message = "The document has no operation of that name."
        elif operations:
            message = "The document has several operations: say operationName."
        else:
            message = "The document has no operation."
        code = ErrorCode.OPERATION_RESOLUTION_FAILURE
        raise refusals.invalid([GraphQLError(message)], code)


class DocumentCache:
    """The most recently used documents, bounded in number and in tokens together.

    What is compiled from a document counts as tokens of it. Validation and plans leave objects
    that know each other, which only a full look for garbage finds; it is made when as much has
    been let go of as may be kept.
    """

    def __init__(self) -> None:
        self._documents: OrderedDict[str, ParsedDocument] = OrderedDict()
        # By digest, what each document is counted with.
        self._counted: dict[str, int] = {}
        self._tokens = self._let_go = 0
        self._lock = Lock()

    def get(self, digest: str, schema: GraphQLSchema) -> ParsedDocument | None:
        """The document, if it is known to be valid for ``schema``."""
        with self._lock:
            found = self._documents.get(digest)
            if found is None or found.valid_for is not schema:
                return None
            self._documents.move_to_end(digest)
            return found

    def put(self, parsed: ParsedDocument) -> None:
        """Keep a validated document, letting go of the least recently used."""
        with self._lock:
            self._documents[parsed.digest] = parsed
            self._documents.move_to_end(parsed.digest)
            self._count(parsed)
            is_much = self._let_go > settings.GRAPHQL_DOCUMENT_CACHE_TOKENS
            if is_much:
                self._let_go = 0
        if is_much:
            gc.collect()

    def count_plans(self, parsed: ParsedDocument, tokens: int) -> None:
        """All plans of a document take as much memory as so many tokens by now."""
        with self._lock:
            parsed.planned = tokens
            if self._documents.get(parsed.digest) is parsed:
                self._count(parsed)

    def _count(self, parsed: ParsedDocument) -> None:
        self._tokens -= self._counted.get(parsed.digest, 0)
        self._counted[parsed.digest] = parsed.tokens + parsed.planned
        self._tokens += self._counted[parsed.digest]
        while self._documents and (
            len(self._documents) > settings.GRAPHQL_DOCUMENT_CACHE_ENTRIES
            or self._tokens > settings.GRAPHQL_DOCUMENT_CACHE_TOKENS
        ):
            digest, _ = self._documents.popitem(last=False)
            tokens = self._counted.pop(digest)
            self._tokens -= tokens
            self._let_go += tokens

    def clear(self) -> None:
        """Forget every document."""
        with self._lock:
            self._documents.clear()
            self._counted.clear()
            self._tokens = self._let_go = 0

    def __len__(self) -> int:
        return len(self._documents)


cache = DocumentCache()


def digest_of(text: str) -> str:
    """The SHA-256 of a document's text, as hexadecimal digits."""
    return _remembered_digest(text) if len(text) <= _SHORT else _digest(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


_remembered_digest = lru_cache(maxsize=1_000)(_digest)


def parse_document(text: str, digest: str) -> ParsedDocument:
    """Parse and measure; raises ``Refused``."""
    maximum = settings.GRAPHQL_MAX_TOKENS
    try:
        document = parse(text, max_lexical_tokens=maximum, max_comments=maximum)
    except GraphQLSyntaxError as error:
        raise _syntax_refusal(error, maximum) from None
    if "\\u" in text:
        clean_document(document)
    return ParsedDocument(
        digest=digest,
        document=document,
        measures=measure(document),
        # A long text is one token only, but takes the memory of many.
        tokens=_part_tokens(document) + len(text) // 64,
        fragments={
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        },
    )


def validate_document(parsed: ParsedDocument, schema: GraphQLSchema) -> None:
    """Check the document against the schema and keep it; raises ``Refused``."""
    errors = validate(
        schema,
        parsed.document,
        _RULES,
        # The error that reports the abort comes on top.
        max_errors=max(settings.GRAPHQL_MAX_ERRORS - 1, 1),
        hide_suggestions=not settings.GRAPHQL_SUGGESTIONS,
    )
    if errors and _ran_out_of_work(errors[-1]):
        raise refusals.over_limit(
            ErrorCode.QUERY_TOO_COMPLEX, "The document repeats or nests too many fields."
        )
    if errors:
        raise refusals.invalid(errors, ErrorCode.GRAPHQL_VALIDATION_FAILED)
    parsed.valid_for = schema
    cache.put(parsed)


def _ran_out_of_work(error: GraphQLError) -> bool:
    # The other abort, after too many errors, says so in its message.
    return isinstance(error, ValidationAbortedError) and error.message == "Validation aborted."


def _syntax_refusal(error: GraphQLSyntaxError, maximum: int) -> refusals.Refused:
    if error.description.startswith("Document contains more than"):
        return refusals.over_limit(
            ErrorCode.TOO_MANY_TOKENS, f"At most {maximum} tokens are allowed.", maximum=maximum
        )
    if "nested too deeply" in error.description:
        return refusals.over_limit(
            ErrorCode.QUERY_TOO_DEEP, "The document is nested too deeply to be read."
        )
    return refusals.invalid([error], ErrorCode.GRAPHQL_PARSE_FAILED)


def _part_tokens(document: DocumentNode) -> int:
    """Count the tokens, and let go of each from its neighbours.

    Tokens that know each other would stay in memory, when their document is let go, until a
    full look for garbage, which is rare.
    """
    count = 0
    token = document.loc.start_token if document.loc else None
    while token is not None:
        count += 1
        following, token.prev, token.next = token.next, None, None
        token = following
    return count
