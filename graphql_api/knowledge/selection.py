"""What the client's selection will need from the database, told before the first statement.

Invariant: the answer may ask for more than is used, never for less; a record that was
fetched with too little still loads the rest by itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionSetNode,
)

# Fields whose values stand on the card of an entry, or need no entry at all.
CARD_FIELDS = {
    "__typename", "id", "kind", "code", "slug", "locale", "path", "title", "summary",
    "technology", "topics", "publishedAt", "updatedAt", "contentHash", "translations",
    "viewCount", "usesThisWeek",
    "category", "roles", "level", "levelLabel", "difficulty", "difficultyStars", "errorKind",
    "errorKindLabel", "errorName", "errorCode", "badgeLabel", "errorMessages", "isTested",
    "language", "languageLabel", "snippetKind", "snippetKindLabel", "previewLine",
    "compatibleWith", "isProductionTested", "designKind", "designKindLabel", "estimatedHours",
    "hoursAreEstimate", "moduleCount", "claimedModuleCount", "isMentorGuided", "highlights",
    "securityKind", "securityKindLabel", "severity", "severityLabel", "owaspIds", "cweIds",
    "attackIds", "totalCount", "pageCount", "pageInfo", "cursor",
}  # fmt: skip
# Fields around entries: what is below them is looked at as if they were not there.
WRAPPERS = {"edges", "node", "nodes"}
# Fields that are counted beside the document.
COUNTS = {"viewCount", "usesThisWeek"}
# Fields that lead to other entries.
REFERENCES = {"answeredBy", "entry", "prerequisites"}


@dataclass(frozen=True, slots=True)
class Needs:
    """Which parts of a batch of entries a selection reads."""

    body: bool = False
    translations: bool = False
    counts: bool = False
    references: "Needs | None" = None


def needs(info: GraphQLResolveInfo) -> Needs:
    """What the selection below the field being resolved needs."""
    sets = [node.selection_set for node in info.field_nodes if node.selection_set]
    return needs_of(sets, info.fragments)


def needs_of(
    selections: Iterable[SelectionSetNode], fragments: Mapping[str, FragmentDefinitionNode]
) -> Needs:
    """What ``selections``, all on the same entries, need."""
    body = translations = counts = False
    nested: list[SelectionSetNode] = []
    seen: set[str] = set()
    waiting = list(selections)
    while waiting:
        for field in selected_fields(waiting.pop(), fragments, seen):
            name = field.name.value
            if name in WRAPPERS and field.selection_set:
                waiting.append(field.selection_set)
                continue
            translations = translations or name == "translations"
            counts = counts or name in COUNTS
            if name in CARD_FIELDS:
                continue
            body = True
            if field.selection_set and name in REFERENCES:
                nested.append(field.selection_set)
            elif field.selection_set:
                waiting.append(field.selection_set)
    return Needs(
        body=body,
        translations=translations,
        counts=counts,
        references=needs_of(nested, fragments) if nested else None,
    )


def selected_fields(
    selections: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    seen: set[str],
) -> Iterator[FieldNode]:
    """The fields of a selection, with those of its fragments; each fragment once in ``seen``."""
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from selected_fields(node.selection_set, fragments, seen)
        # A fragment counts once: what it needs does not grow by being spread again.
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            yield from selected_fields(fragments[node.name.value].selection_set, fragments, seen)
