"""The contract over HTTP: from request bytes to response bytes, one small step a module."""
