"""The slice of the schema by which strangers propose and follow what they proposed."""
