"""``python -m benchmarks.filling``: the made content into the database of DATABASE_URL.

Invariant: the floor's tables and the product's entries hold the same content.
"""

import django


def main() -> None:
    """Fill the database, which must be the benchmark's own."""
    django.setup()
    # Only now are there models.
    from benchmarks import floor_tables, loading
    from benchmarks.content import made_content

    content = made_content()
    loading.load(content)
    floor_tables.fill(content)


if __name__ == "__main__":
    main()
