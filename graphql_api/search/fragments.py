"""Marked text as data: no markup ever comes out of a search."""

import graphene


class TextFragment(graphene.ObjectType):
    """A piece of a text. All pieces, joined, are the text."""

    text = graphene.String(required=True, description="The piece as it stands in the text.")
    is_match = graphene.Boolean(
        required=True, description="Whether it was asked for; front ends mark it."
    )


def fragment_list(description: str) -> graphene.List:
    """A text in fragments."""
    return graphene.List(graphene.NonNull(TextFragment), required=True, description=description)
