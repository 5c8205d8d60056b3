"""The moderation queue in the admin: views and forms over the actions, and no rule of its own."""
