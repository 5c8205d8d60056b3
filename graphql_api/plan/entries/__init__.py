"""Lists and singles of entries, read by statements of our own.

Invariant: each function here stands beside one of ``graphql_api.knowledge`` that reads the
same rows through Django, and returns what that one returns.
"""
