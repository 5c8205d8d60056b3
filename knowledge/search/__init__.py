"""Finding: full text over published entries, and from a pasted error to the entry that fixes it."""
