"""How large a document is, counted on the syntax tree alone.

Invariant: fragments count as often as they are spread, and counting takes time linear in
the document whatever its fragments do; a fragment that spreads itself counts as empty
(validation refuses it).
"""

from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

INTROSPECTION_ROOTS = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes of a document: the greatest of its operations, or of the document itself."""

    operations: int
    fragments: int
    directives: int
    aliases: int
    root_fields: int
    depth: int
    introspection_depth: int

    @property
    def introspects(self) -> bool:
        """Whether an operation asks for ``__schema`` or ``__type``."""
        return self.introspection_depth > 0


@dataclass(slots=True)
class _Sizes:
    """Sizes of one definition; depths are levels of fields below it."""

    aliases: int = 0
    directives: int = 0
    root_fields: int = 0
    depth: int = 0
    introspection_depth: int = 0
    # Where other fragments are spread: name, levels above it, inside introspection or not.
    spreads: list[tuple[str, int, bool]] = field(default_factory=list)


def measure(document: DocumentNode) -> Measures:
    """The measures of a parsed document, valid or not."""
    fragments: dict[str, _Sizes] = {}
    operations: list[_Sizes] = []
    directives = fragment_count = 0
    for definition in document.definitions:
        if not isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            continue
        sizes = _own_sizes(definition.selection_set)
        sizes.directives += len(definition.directives)
        if isinstance(definition, OperationDefinitionNode):
            sizes.directives += sum(
                len(variable.directives) for variable in definition.variable_definitions
            )
            operations.append(sizes)
        else:
            fragment_count += 1
            fragments.setdefault(definition.name.value, sizes)
        directives += sizes.directives
    for name in _spread_first(fragments):
        _include_spreads(fragments[name], fragments)
    for sizes in operations:
        _include_spreads(sizes, fragments)

    def greatest(attribute: str) -> int:
        return max((getattr(sizes, attribute) for sizes in operations), default=0)

    return Measures(
        operations=len(operations),
        fragments=fragment_count,
        directives=max(directives, greatest("directives")),
        aliases=greatest("aliases"),
        root_fields=greatest("root_fields"),
        depth=greatest("depth"),
        introspection_depth=greatest("introspection_depth"),
    )


def _own_sizes(selection_set: SelectionSetNode) -> _Sizes:
    sizes = _Sizes()
    stack = [(selection_set, 0, False)]
    while stack:
        selections, level, introspecting = stack.pop()
        for selection in selections.selections:
            sizes.directives += len(selection.directives)
            if isinstance(selection, FragmentSpreadNode):
                sizes.spreads.append((selection.name.value, level, introspecting))
                continue
            below, inside = level, introspecting
            if isinstance(selection, FieldNode):
                below = level + 1
                inside = introspecting or selection.name.value in INTROSPECTION_ROOTS
                _count_field(sizes, selection, below, inside)
            if isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set:
                stack.append((selection.selection_set, below, inside))
    return sizes


def _count_field(sizes: _Sizes, node: FieldNode, depth: int, introspecting: bool) -> None:
    sizes.aliases += node.alias is not None
    sizes.root_fields += depth == 1
    if introspecting:
        sizes.introspection_depth = max(sizes.introspection_depth, depth)
    else:
        sizes.depth = max(sizes.depth, depth)


def _include_spreads(sizes: _Sizes, fragments: dict[str, _Sizes]) -> None:
    for name, level, introspecting in sizes.spreads:
        fragment = fragments.get(name)
        if fragment is None:
            continue
        sizes.aliases += fragment.aliases
        sizes.directives += fragment.directives
        if level == 0:
            sizes.root_fields += fragment.root_fields
        inner, inner_introspection = fragment.depth, fragment.introspection_depth
        if introspecting:
            inner, inner_introspection = 0, max(inner, inner_introspection)
        if inner:
            sizes.depth = max(sizes.depth, level + inner)
        if inner_introspection:
            sizes.introspection_depth = max(sizes.introspection_depth, level + inner_introspection)


def _spread_first(fragments: dict[str, _Sizes]) -> list[str]:
    """Fragment names so that each comes after those it spreads (cycles cut anywhere)."""
    order: list[str] = []
    seen: set[str] = set()
    for root in fragments:
        stack = [(root, False)]
        while stack:
            name, spreads_done = stack.pop()
            if spreads_done:
                order.append(name)
            elif name not in seen and name in fragments:
                seen.add(name)
                stack.append((name, True))
                stack.extend((spread, False) for spread, _, _ in fragments[name].spreads)
    return order
