"""From files to entries: read, map, save, report.

Invariant: a record is in whole or not at all, and bringing in the same record again
changes nothing.
"""
