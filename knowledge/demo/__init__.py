"""The demonstration's content and what loads it.

Invariant: loading it again changes nothing, least of all what editors made of it since.
"""
