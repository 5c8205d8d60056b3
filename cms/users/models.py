"""The user: Django's, under a table of our own so that fields can be added later."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who logs in to the admin."""
