"""A public world, and everything hidden that can stand beside it.

Invariant: every text of a hidden thing contains CANARY; nothing public does.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page, Site

from cms.access.models import ApiKey
from cms.notifications.models import AlertRequest, AlertSubscription
from cms.notifications.outbox import queue_mail
from knowledge.contributions.models import Note
from knowledge.models import Entry
from pages.models import StandardPage
from tests.factories import contributions, entries, pages, terms

CANARY = "canaryfeather"
PUBLIC = "publiclight"
HOUR = timedelta(hours=1)


def public_world() -> None:
    """One of everything that a stranger may see, all of it pointing at each other."""
    terms.topic("http")
    shown = [entries.published(marked(make, PUBLIC)) for make in entries.ALL_KINDS]
    for entry in shown:
        entry.relations.create(target=shown[0] if entry != shown[0] else shown[1])
        entry.save()
        entries.published(entry)
    home = pages.home(title=f"{PUBLIC} home")
    about = pages.standard(home, f"{PUBLIC} about", show_in_menus=True)
    pages.standard(about, f"{PUBLIC} below")
    pages.quote(text=f"{PUBLIC} quote")
    pages.testimonial(text=f"{PUBLIC} testimonial")
    add_media(Collection.get_first_root_node(), PUBLIC)


def hidden_world() -> list[str]:
    """Everything a stranger may not see. Returns the identifiers to ask for it by."""
    known: list[str] = []
    for make in entries.ALL_KINDS:
        for hide in (keep_as_draft, unpublish, expire, schedule):
            entry = hide(marked(make, CANARY, slug=f"{CANARY}-{hide.__name__.replace('_', '-')}"))
            known += [entry.code, entry.slug, str(entry.pk)]
    for entry in [one.specific for one in Entry.objects.filter(live=True, expire_at=None)]:
        revise(entry)
    known += hide_pages()
    hide_media()
    hide_people()
    return known


def marked(make: Any, mark: str, **fields: Any) -> Entry:
    """An entry of a kind whose every text carries ``mark``."""
    entry = make(title=f"{mark} title", **{"slug": f"{mark}-entry", **fields})
    write(entry, mark)
    entry.save()
    return entry


def write(entry: Entry, mark: str) -> None:
    """Put ``mark`` into every text of the entry."""
    entry.title = f"{mark} title"
    for name in ("short_answer", "symptom", "fix_summary", "description", "audience"):
        if hasattr(entry, name):
            setattr(entry, name, f"<p>{mark} {name}</p>")
    for name in ("source", "attribution", "seo_title", "search_description", "error_name"):
        if hasattr(entry, name):
            setattr(entry, name, f"{mark} {name}")
    section = entry.sections[0].block_type if entry.sections else "overview"
    bodies = [(block.block_type, [("paragraph", f"<p>{mark}</p>")]) for block in entry.sections]
    entry.sections = bodies or [(section, [("paragraph", f"<p>{mark}</p>")])]
    entry.contributors = [entry._meta.get_field("contributors").related_model(name=f"{mark} name")]


def keep_as_draft(entry: Entry) -> Entry:
    entry.save_revision()
    return entry


def unpublish(entry: Entry) -> Entry:
    entry = entries.published(entry)
    entry.unpublish()
    return entry


def expire(entry: Entry) -> Entry:
    """Published, and its time is over while no command has run since."""
    entry.expire_at = timezone.now() - HOUR
    return entries.published(entry)


def schedule(entry: Entry) -> Entry:
    entry.go_live_at = timezone.now() + HOUR
    entry.save_revision().publish()
    return entry


def revise(entry: Entry) -> None:
    """A newer draft of a live entry, with a relation to a draft."""
    write(entry, CANARY)
    entry.slug = f"{CANARY}-revised"
    entry.topics = [terms.topic("http")]
    hidden = entries.question(title=f"{CANARY} related", slug=f"{CANARY}-{entry.pk}")
    entry.relations.create(target=hidden, relation="EXPLAINS")
    entry.save_revision()


def hide_pages() -> list[str]:
    home = Site.objects.get(is_default_site=True).root_page.specific
    draft = pages.standard(home, f"{CANARY} draft", live=False, show_in_menus=True)
    pages.standard(draft, f"{CANARY} below draft", show_in_menus=True)
    private = pages.private(pages.standard(home, f"{CANARY} private", show_in_menus=True))
    below = pages.standard(private, f"{CANARY} below private", show_in_menus=True)
    late = pages.standard(home, f"{CANARY} expired", show_in_menus=True, **pages.expired())
    live = StandardPage.objects.get(title=f"{PUBLIC} about")
    live.title, live.seo_title = f"{CANARY} revised", f"{CANARY} revised"
    live.save_revision()
    pages.quote(text=f"{CANARY} quote", live=False)
    pages.quote(text=f"{CANARY} expired quote", **pages.expired())
    pages.testimonial(text=f"{CANARY} testimonial", live=False)
    for page in (draft, private, below, late):
        Redirect.objects.create(old_path=f"/{CANARY}-{page.pk}", redirect_page=page)
    hidden = [draft, private, below, late]
    return [str(page.pk) for page in hidden] + [path_of(page) for page in hidden]


def path_of(page: Page) -> str:
    return "/" + page.url_path.split("/", 2)[2]


def hide_media() -> None:
    private = pages.private_collection(f"{CANARY} private")
    below = Collection.objects.get(pk=private.pk).add_child(name=f"{CANARY} below")
    for collection in (private, below):
        add_media(collection, CANARY)


def add_media(collection: Collection, mark: str) -> None:
    get_image_model().objects.create(
        title=f"{mark} image",
        description=f"{mark} description",
        collection=collection,
        file=get_test_image_file(f"{mark}.png"),
    )
    get_document_model().objects.create(
        title=f"{mark} document",
        collection=collection,
        file=ContentFile(b"x", name=f"{mark}.txt"),
    )


def hide_people() -> None:
    """Accounts, partners, subscribers, senders: nobody's business."""
    get_user_model().objects.create_user(
        CANARY, f"{CANARY}@example.org", "x", first_name=CANARY, last_name=CANARY
    )
    key = ApiKey(name=f"{CANARY} partner", contact=f"{CANARY}@example.org")
    key.issue()
    key.save()
    AlertRequest.objects.create(
        address=f"{CANARY}@example.org", token_hash=CANARY, requester=CANARY, locale="en"
    )
    AlertSubscription.objects.create(address=f"{CANARY}@example.com", locale="en")
    queue_mail(
        recipient=f"{CANARY}@example.org", subject=CANARY, text=CANARY, html=CANARY, purpose="test"
    )
    for kind in ("QUESTION", "ERROR", "SNIPPET"):
        proposal = contributions.received(
            kind,
            fields={"title": f"{CANARY} proposal"},
            email=f"{CANARY}@example.org",
            credit="UNTIL_ERASED",
            credit_name=CANARY,
        )
        Note.objects.create(contribution=proposal, text=f"{CANARY} note")
