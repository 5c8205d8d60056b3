"""``manage.py load_demo``: the demonstration's terms, entries, site and accounts."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from cms.demo.accounts import ACCOUNTS, create_accounts
from knowledge.demo.loading import CONTENT, Loaded, load_drafts, load_entries
from knowledge.demo.replies import load_replies
from pages.demo import load_site


class Command(BaseCommand):
    """Exit code 1 when something of the demonstration could not be loaded."""

    help = (
        "Load the demonstration: terms, entries in two languages, site and drafts, and in "
        "development one account a role. Loading it again changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made = create_accounts()
        users = get_user_model().objects
        loaded = load_entries()
        self.report(loaded)
        load_replies()
        site = load_site(CONTENT / "site.yaml", users.filter(username="admin").first())
        if author := users.filter(username="author").first():
            drafts = load_drafts(author)
            self.report(drafts)
            loaded.entries += drafts.entries
        if options["verbosity"] < 1:
            return
        parts = ", ".join(f"{count} {name}" for name, count in site.items())
        self.stdout.write(
            f"Demonstration: {loaded.terms} terms and {loaded.entries} entries are new or "
            f"changed; site: {parts}."
        )
        for name in made:
            role = ACCOUNTS[name] or "administrator"
            self.stdout.write(f"Account {name}, password {name} ({role}).")

    def report(self, loaded: Loaded) -> None:
        """Stop at what could not be loaded."""
        for problem in loaded.problems:
            self.stderr.write(problem)
        if loaded.problems:
            raise CommandError("The demonstration is incomplete, see above.")
