"""What strangers propose: hostile and personal input, kept apart until a person accepts it."""
