"""People who log in. The user model is ours from the first migration, so it can grow."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "cms.users"
    label = "users"
    verbose_name = "Users"
