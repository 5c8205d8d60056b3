"""What a worker does before it accepts its first request.

Invariant: warming changes no answer; a document that cannot be warmed is left to its first
request.
"""

import gc
import logging

from django.conf import settings
from graphql import OperationDefinitionNode

from graphql_api.http import documents, pipeline, trusted
from graphql_api.http.refusals import Refused
from graphql_api.plan.operations import plan_for

logger = logging.getLogger("lamplight.graphql")

# New objects between two looks for garbage. A list of twenty entries makes some thousands,
# none of them garbage that only the collector can find; with the default of 700, a third of
# the time of a large answer went into looking.
GC_THRESHOLDS = (20_000, 20, 50)


def warm() -> int:
    """Parse, validate and compile the listed operations; returns how many were."""
    schema = pipeline.current_schema()
    count = 0
    for text in trusted.texts():
        try:
            parsed = documents.parse_document(text, documents.digest_of(text))
            documents.validate_document(parsed, schema)
        except Refused:
            logger.warning("A listed operation is not valid for the schema; see make check.")
            continue
        for definition in parsed.document.definitions:
            if isinstance(definition, OperationDefinitionNode) and settings.GRAPHQL_PLANS:
                plan_for(parsed, schema, definition, {})
        count += 1
    return count


def settle() -> None:
    """Leave what is in memory now, code and schema, out of all later looks for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
