"""Template tags of the admin's previews."""
