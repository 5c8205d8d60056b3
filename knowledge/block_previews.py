"""A single block as the part of a document that it will be.

Invariant: the preview in the block chooser is made by the renderers that publish, so it
looks like the content and cannot show what delivery would not.
"""

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from wagtail.blocks import Block

from knowledge.blocks.body import BodyBlock
from knowledge.blocks.details import (
    CodeComparisonBlock,
    DiagramSourceBlock,
    FixStepBlock,
    SourceFileBlock,
    StackTraceBlock,
)
from knowledge.rendering.body import render_body
from knowledge.rendering.details import (
    render_comparison,
    render_diagram_source,
    render_file,
    render_fix_step,
    render_trace,
)
from knowledge.rendering.links import RenderingContext

# Names of the plain texts that stand in a document as lists.
LISTED_TEXTS = {
    "message": "errorMessages",
    "owasp": "owaspIds",
    "cwe": "cweIds",
    "attack": "attackIds",
}


def preview_parts(block: Block, value: Any) -> dict[str, Any]:
    """The parts of a document that ``block`` with ``value`` makes up, by their names there.

    A body and a single block of one are ``blocks``.
    """
    context = RenderingContext(locale=settings.LANGUAGE_CODE)
    match block:
        case BodyBlock():
            return {"blocks": render_body(value, context)["blocks"]}
        case StackTraceBlock():
            return {"stackTraces": [render_trace(value)]}
        case FixStepBlock():
            return {"fixSteps": [render_fix_step(1, value, context)]}
        case SourceFileBlock():
            return {"files": [render_file(value)]}
        case DiagramSourceBlock():
            return {"diagrams": [render_diagram_source(value)]}
        case CodeComparisonBlock():
            return {"codeComparisons": [render_comparison(value, context)]}
    if block.name in LISTED_TEXTS:
        return {LISTED_TEXTS[block.name]: [value]}
    one = SimpleNamespace(block_type=block.name, value=value)
    return {"blocks": render_body([one], context)["blocks"]}
