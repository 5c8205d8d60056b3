"""The cluster follows the index in the database, after each commit.

Invariant: what is sent is read from the database after the commit, so the cluster never
holds what was rolled back; what could not be sent is sent by the next rebuild.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.publishing.models import ContentVersion
from knowledge.models.published import PublishedEntry
from knowledge.search.cluster.connection import Cluster, ClusterUnavailableError, cluster, is_on
from knowledge.search.cluster.mapping import MAPPING, SETTINGS, documents, with_translations

_BATCH = 200


def follow(pks: Iterable[int], translation_keys: Iterable[Any]) -> None:
    """Send documents that have just been stored or removed, once that is committed.

    A cluster that does not answer holds nothing up: it is behind until the next rebuild.
    """
    if not is_on():
        return
    wanted, keys = list(pks), list(translation_keys)

    def send_committed() -> None:
        try:
            send(cluster(), with_translations(wanted, keys))
        except ClusterUnavailableError:
            # It has been logged; who published has nothing to do with it.
            return

    transaction.on_commit(send_committed)


def send(to: Cluster, pks: Sequence[int], index: str = "") -> None:
    """Write the documents, and delete those that are not published any more."""
    made = documents(pks)
    operations: list[dict[str, Any]] = []
    for pk in pks:
        if pk in made:
            operations += [{"index": {"_id": str(pk)}}, made[pk]]
        else:
            operations.append({"delete": {"_id": str(pk)}})
    to.write(operations, index)


def rebuild() -> Iterator[int]:
    """Fill a new index with everything published and put it in the place of the old one.

    Yields the number sent after each batch. The old one answers until then; what is
    published meanwhile is sent to the new one at the end.
    """
    to = cluster()
    version = ContentVersion.current()
    index = f"{to.alias}_{timezone.now():%Y%m%d%H%M%S%f}"
    to.request("PUT", f"/{index}", {"mappings": MAPPING, "settings": SETTINGS})
    done, last = 0, 0
    rows = PublishedEntry.objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        send(to, batch, index)
        done, last = done + len(batch), batch[-1]
        yield done
    # The one that answered until now, and what interrupted rebuilds have left.
    old = [name for name in to.request("GET", "/_alias") if _is_former(name, to.alias, index)]
    actions: list[dict[str, Any]] = [{"remove_index": {"index": name}} for name in old]
    actions.append({"add": {"index": index, "alias": to.alias}})
    to.request("POST", "/_aliases", {"actions": actions})
    to.request("POST", f"/{index}/_refresh")
    changed = list(rows.filter(version__gt=version))
    for start in range(0, len(changed), _BATCH):
        send(to, changed[start : start + _BATCH])


def _is_former(name: str, alias: str, new: str) -> bool:
    return name != new and name.startswith(f"{alias}_") and name[len(alias) + 1 :].isdigit()
