"""An address counts when its owner says so.

Invariant: confirming takes a token out of a letter, and tells what was missed meanwhile.
"""

from django.db import transaction
from django.utils import timezone

from knowledge.contributions import messages
from knowledge.contributions.errors import ContributionError, ContributionErrorCode
from knowledge.contributions.models import Contribution, Contributor


def confirm_address(*, token: str) -> Contribution:
    """Confirm the address the token was sent to; again changes nothing.

    Raises ``ContributionError`` for a token that was not issued or whose sender is erased.
    """
    found = Contributor.for_confirmation_token(token)
    if found is None:
        raise ContributionError(
            ContributionErrorCode.NOT_FOUND, "This confirmation is not valid.", ("token",)
        )
    with transaction.atomic():
        person = (
            Contributor.objects.select_for_update(of=("self",))
            .select_related("contribution")
            .get(pk=found.pk)
        )
        if person.email_confirmed_at is None:
            person.email_confirmed_at = timezone.now()
            person.save(update_fields=["email_confirmed_at"])
            person.contribution.contributor = person
            messages.tell_current_state(person.contribution)
    return person.contribution
