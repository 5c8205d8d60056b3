"""How a plan says that graphql-core must answer instead.

Invariant: giving up changes nothing: plans only read.
"""


class GivenUp(Exception):
    """This plan cannot answer, or would have to answer with an error."""
