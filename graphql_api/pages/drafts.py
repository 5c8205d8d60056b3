"""The page whose draft a preview token shows, in place of what is published of it.

Invariant: nothing but that one page is a draft: the pages above, below and beside it, and
whatever its body points at, are those that the public may see.
"""

from wagtail.models import Page

from graphql_api.context import RequestContext
from graphql_api.knowledge.global_ids import read_global_id
from graphql_api.pages.page_types import PAGE_TYPES
from graphql_api.pages.reader import PAGE_MODELS, PageBatch, reader


def asked_draft(
    context: RequestContext, *, path: str | None = None, id: str | None = None
) -> Page | None:
    """The draft of this request, if it is what ``path`` or ``id`` asks for.

    It is found at the path of the draft, and at the one it is published at.
    """
    preview = context.preview
    if preview is None or not isinstance(preview.instance, PAGE_MODELS):
        return None
    draft = preview.instance
    site = reader(context)
    if not any(draft.path.startswith(root.path) for root in site.roots):
        return None
    if path is not None:
        published = Page.objects.filter(pk=preview.pk).values_list("url_path", flat=True).first()
        asked = bool({draft.url_path, published} & set(site.url_paths(path)))
    else:
        wanted = read_global_id(id or "")
        asked = wanted.pk == preview.pk and wanted.type_name in type_names(draft)
    if not asked:
        return None
    batch = PageBatch(site, [draft])
    # As if it had been loaded; the row holds what is published.
    batch.contents = {draft.pk: draft}
    return batch.pages[0]


def type_names(page: Page) -> list[str]:
    """The names of the types that show pages of this model."""
    return [kind._meta.name for kind in PAGE_TYPES if kind._meta.model is type(page)]
