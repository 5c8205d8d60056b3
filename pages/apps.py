"""The site: things with a URL."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        # Imported here: models can be read only now.
        from knowledge.contributions.acceptors import register_acceptor
        from knowledge.contributions.kinds import ContributionKind
        from knowledge.importing.site import register_site_loader
        from pages.seed import load_seed_site
        from pages.testimonials import acceptor

        register_acceptor(ContributionKind.TESTIMONIAL, acceptor)
        register_site_loader(load_seed_site)
