"""A process that publishes entries until it is killed: ``python -m … FIRST COUNT``.

Each entry is published in one transaction with a mail to ``<slug>@example.org``. Prints the
code of each entry once that is committed; every third attempt is rolled back on purpose and
prints nothing.
"""

import sys

import django


def main(first: int, count: int) -> None:
    django.setup()
    from django.db import transaction

    from cms.notifications.outbox import queue_mail
    from tests.factories import entries

    def publish(slug: str) -> str:
        entry = entries.published(entries.question(slug=slug))
        address = f"{slug}@example.org"
        queue_mail(recipient=address, subject=slug, text="Published.", purpose="test")
        return entry.code

    for number in range(first, first + count):
        if number % 3 == 0:
            with transaction.atomic():
                publish(f"rolled-back-{number}")
                transaction.set_rollback(True)
        with transaction.atomic():
            code = publish(f"kept-{number}")
        print(code, flush=True)  # noqa: T201 - the parent process reads it


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
