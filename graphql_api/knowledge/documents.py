"""Object types whose fields are named as the keys of a stored document.

Invariant: a field without a resolver of its own is the document key of the same name.
"""

from typing import Any

import graphene


def document_value(_attribute: str, _default: Any, source: Any, info: graphene.ResolveInfo) -> Any:
    """The document key that is called as the field."""
    return source.get(info.field_name)


class DocumentType(graphene.ObjectType):
    """A part of a document: a dictionary, or a record that reads like one."""

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, **options: Any) -> None:
        options.setdefault("default_resolver", document_value)
        super().__init_subclass_with_meta__(**options)


def listed(kind: Any, description: str, **options: Any) -> graphene.List:
    """A list that is always there, of items that are always there."""
    return graphene.List(graphene.NonNull(kind), required=True, description=description, **options)


def text(description: str) -> graphene.String:
    """A text that is always there, if only an empty one."""
    return graphene.String(required=True, description=description)
