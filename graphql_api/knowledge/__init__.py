"""Entries and terms as the contract shows them, read from the read model alone."""
