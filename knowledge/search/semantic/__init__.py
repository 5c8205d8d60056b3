"""What a text means, as a vector: an optional view of search beside its words."""
