"""The audit log's rows of one publication, written together.

Invariant: they are the rows that Wagtail writes, which looks again, for each of them, whether
the record's kind and its revision exist. Of a publication that is not plain, or whose history
is not known, Wagtail writes them itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision

from cms.publishing.stored import Stored

if TYPE_CHECKING:
    from cms.publishing.record import PublishableRecord

Asked = dict[str, Any]


@contextmanager
def logging_together(
    record: "PublishableRecord", revision: Revision, stored: Stored | None, asked: Asked
) -> Iterator[Asked]:
    """What to ask Wagtail for instead of ``asked``, so that the rows can be written here."""
    wanted = asked["log_action"]
    action = wanted if isinstance(wanted, str) else "wagtail.publish"
    is_plain = not record.go_live_at and not asked.get("previous_revision")
    if not (
        wanted
        and is_plain
        and stored is not None
        and stored.is_newest(revision)
        and log_registry.action_exists(action)
        and log_registry.get_log_model_for_instance(record)
    ):
        yield asked
        return
    yield {**asked, "log_action": False}
    _write(record, revision, stored, action, asked)


def _write(
    record: "PublishableRecord", revision: Revision, stored: Stored, action: str, asked: Asked
) -> None:
    model = log_registry.get_log_model_for_instance(record)
    context = get_active_log_context()
    name = model.objects.get_instance_title(record)
    common = {
        "content_type": ContentType.objects.get_for_model(record, for_concrete_model=False),
        "object_id": str(record.pk),
        "label": name,
        "user": asked["user"] or context.user,
        "uuid": context.uuid,
        "revision": revision,
    }
    was_named = str(stored.named) if stored.has_earlier else ""
    data, rows = {}, []
    if was_named and was_named != str(record):
        data = {"title": {"old": was_named, "new": str(record)}}
        renamed = {**common, "action": "wagtail.rename", "data": data}
        rows.append(model(**renamed, timestamp=timezone.now()))
    published = {**common, "action": action, "data": data, "content_changed": asked["changed"]}
    rows.append(model(**published, timestamp=timezone.now()))
    model.objects.bulk_create(rows)
