"""Words that lead somewhere, wherever pages have them."""

from graphql_api.knowledge.documents import DocumentType, text


class Link(DocumentType):
    """Words that lead somewhere."""

    label = text("The words.")
    url = text("Where they lead: a path on the site or a whole address.")
