"""Which code filled a database.

Invariant: two databases of one digest hold the same rows, as far as code decides.
"""

from hashlib import blake2b
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (
    *("cms", "knowledge", "pages"),
    *("benchmarks/content.py", "benchmarks/records.py"),
    *("benchmarks/loading.py", "benchmarks/floor_tables.py"),
)


def source_digest() -> str:
    """32 hexadecimal digits that change with the code that fills the database."""
    digest = blake2b(digest_size=16)
    for source in SOURCES:
        one = ROOT / source
        for path in [one] if one.is_file() else sorted(one.rglob("*.py")):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
