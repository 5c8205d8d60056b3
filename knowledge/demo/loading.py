"""Loading the demonstration's entries with the importer everyone uses.

Invariant: they are the site's own content, as complete as what editors write, without provenance.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from knowledge.demo.vocabulary import load_taxonomy, load_term_translations
from knowledge.importing.run import Import
from knowledge.importing.saving import Outcome
from knowledge.importing.sources import ReadingOptions, read_paths
from knowledge.models import Entry, ImportedRecord

FOLDER = Path(__file__).resolve().parent
CONTENT = FOLDER / "content"
DRAFTS = FOLDER / "drafts"
SOURCE = "demo"


@dataclass
class Loaded:
    """What loading changed, and what it could not take."""

    terms: int = 0
    entries: int = 0
    problems: list[str] = field(default_factory=list)


def load_entries() -> Loaded:
    """Terms, entries and translations, published."""
    loaded = Loaded(terms=load_taxonomy(CONTENT / "taxonomy.yaml"))
    for path in sorted(CONTENT.glob("terms.*.yaml")):
        loaded.terms += load_term_translations(path, path.suffixes[0].removeprefix("."))
    import_folder(CONTENT, loaded, publish=True)
    return loaded


def load_drafts(author: Any) -> Loaded:
    """Entries still in the making, as if ``author`` had written them.

    A draft whose front matter says ``submitted: true`` waits for review.
    """
    loaded = Loaded()
    submitted = import_folder(DRAFTS, loaded, publish=False)
    for entry in drafts_without_author():
        Entry.objects.filter(pk=entry.pk).update(owner=author)
        entry.owner = author
        draft = entry.get_latest_revision_as_object()
        draft.save_revision(user=author, log_action=True)
        if entry.code in submitted and (workflow := draft.get_workflow()):
            workflow.start(draft, author)
    return loaded


def import_folder(folder: Path, loaded: Loaded, *, publish: bool) -> set[str]:
    """Import every Markdown file below ``folder``; returns the codes marked as submitted."""
    options = ReadingOptions(source=SOURCE, locale=settings.LANGUAGE_CODE, own=True)
    reading = read_paths([folder], options)
    # One batch, so that entries which point at each other appear together.
    report = Import(reading.records, publish=publish, batch_size=len(reading.records) or 1).run()
    loaded.entries += report.done - report.outcomes[Outcome.UNCHANGED]
    loaded.problems += [str(one) for one in (*reading.rejections, *report.rejections)]
    loaded.problems += report.notices
    return {record.code for record in reading.records if record.values.get("submitted")}


def drafts_without_author() -> list[Entry]:
    """Drafts of the demonstration that nobody has touched."""
    ids = ImportedRecord.objects.filter(source=SOURCE, published=False).values("entry_id")
    entries = Entry.objects.filter(pk__in=ids, live=False, latest_revision__user=None)
    return [entry.specific for entry in entries.order_by("pk")]
