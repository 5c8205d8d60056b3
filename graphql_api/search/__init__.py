"""Finding over GraphQL: ``search``, ``suggest`` and ``lookupError``."""
