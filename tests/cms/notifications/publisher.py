"""A process that publishes entries until it is killed: ``python -m … FIRST COUNT``.

Prints the code of each entry once its publication is committed; every third attempt is
rolled back on purpose and prints nothing.
"""

import sys

import django


def main(first: int, count: int) -> None:
    django.setup()
    from django.db import transaction

    from tests.factories import entries

    for number in range(first, first + count):
        if number % 3 == 0:
            with transaction.atomic():
                entries.published(entries.question(slug=f"rolled-back-{number}"))
                transaction.set_rollback(True)
        with transaction.atomic():
            entry = entries.published(entries.question(slug=f"kept-{number}"))
        print(entry.code, flush=True)  # noqa: T201 - the parent process reads it


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
