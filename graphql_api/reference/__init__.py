"""The parts of docs/graphql-api.md that are read out of the code."""
