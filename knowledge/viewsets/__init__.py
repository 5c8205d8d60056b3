"""The Knowledge menu of the admin: listings, forms and actions of entries and terms."""
