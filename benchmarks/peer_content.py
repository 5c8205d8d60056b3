"""``python -m benchmarks.peer_content FILE``: another benchmark's content for Lamplight.

Invariant: the file is read and never changed. It holds ``technologies``, ``categories``,
``questions``, ``debug_entries`` and ``snippets`` as ``benchmarks.content`` makes them.
"""

import argparse
import json
import os
from pathlib import Path


def main() -> None:
    """Write the records as JSON Lines, or load them into the database of DATABASE_URL."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="the content, one JSON object")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write JSON Lines there")
    parser.add_argument("--load", action="store_true", help="load the database of DATABASE_URL")
    options = parser.parse_args()
    content = json.loads(options.file.read_text(encoding="utf-8"))

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    import django

    django.setup()
    # Only now are there models.
    from benchmarks import loading

    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        loading.write_records(content, options.write)
    if options.load:
        loading.load(content)


if __name__ == "__main__":
    main()
