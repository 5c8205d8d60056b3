"""Validated operations, compiled once into closures and run without graphql-core.

Invariant: a plan answers exactly as graphql-core would, or not at all. Whatever it does not
know (an error, a null where none may be, a value of an unexpected type) makes it give up on
the root field, and graphql-core answers that field from the beginning.
"""
