"""The entry whose draft a preview token shows, in place of what is published of it.

Invariant: nothing but that one entry in that one language is a draft: its translations,
and whatever it points at, come from the read model as always.
"""

from django.utils import translation

from cms.publishing.fields import encode
from cms.publishing.parts import split
from graphql_api.context import RequestContext
from graphql_api.knowledge.global_ids import read_global_id
from graphql_api.knowledge.kinds import KIND_OF_TYPE
from graphql_api.records import EntryRecord
from knowledge.kinds import Kind
from knowledge.models import Entry


def draft_record(context: RequestContext) -> EntryRecord | None:
    """The draft of this request as a record that belongs to no batch yet."""
    preview = context.preview
    if preview is None or not isinstance(preview.instance, Entry):
        return None
    if "draft" not in context.memo:
        instance = preview.instance
        with translation.override(instance.language_code):
            rendered = instance.render_document()
        context.memo["draft"] = (
            instance.translation_key,
            encode(rendered.card),
            *map(encode, split(rendered.body)),
        )
    return EntryRecord(preview.pk, *context.memo["draft"])


def asked_draft(
    context: RequestContext,
    kind: Kind | None,
    *,
    code: str | None = None,
    slug: str | None = None,
    id: str | None = None,
) -> EntryRecord | None:
    """The draft, if it is what these arguments ask for. An entry without a code has none yet."""
    record = draft_record(context)
    if record is None or (kind is not None and record.kind != kind.value):
        return None
    if code:
        asked = code.upper() == record.card["code"]
    elif slug:
        asked = slug in {record.card["slug"], live_slug(context)}
    else:
        asked = is_id_of(record, id or "")
    return record if asked else None


def live_slug(context: RequestContext) -> str | None:
    """The slug of what is published of the draft, by which its page may still be open."""
    preview = context.preview
    if preview is None:
        return None
    return Entry.objects.filter(pk=preview.pk).values_list("slug", flat=True).first()


def is_id_of(record: EntryRecord, value: str) -> bool:
    """Whether ``value`` is the id of ``record``. Raises ``ApiError`` when it is no id."""
    asked = read_global_id(value)
    return asked.pk == record.pk and KIND_OF_TYPE.get(asked.type_name) == record.kind
