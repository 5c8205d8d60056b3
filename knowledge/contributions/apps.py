"""The application of contributions."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "knowledge.contributions"
    label = "contributions"
    verbose_name = "Contributions"

    def ready(self) -> None:
        from cms.publishing.followers import follow_publications
        from knowledge.contributions.publication import note_publication, note_publications

        follow_publications(note_publication, many=note_publications)
