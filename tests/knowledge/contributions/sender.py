"""A process that submits without end and prints each reference once it is committed."""

import sys

import django

django.setup()

from tests.factories import contributions  # noqa: E402 - models can be imported only now

number = int(sys.argv[1])
while True:
    number += 1
    row = contributions.received(
        sender=f"sender {number}",
        email=f"ada{number}@lovelace.example",
        fields={"title": f"A question with the number {number}", "shortAnswer": str(number)},
    )
    sys.stdout.write(f"{row.reference}\n")
    sys.stdout.flush()
