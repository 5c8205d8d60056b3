"""Accepted testimonials become drafts here.

Invariant: what a stranger wrote is a draft until an editor publishes it.
"""

from typing import Any

from django.urls import reverse
from wagtail.models import Locale

from knowledge.contributions.acceptors import Acceptor
from pages.models import Testimonial


def make_testimonial(fields: dict[str, str], locale: str, user: Any) -> Testimonial:
    """Save a draft of the testimonial and start its workflow, where it has one."""
    testimonial = Testimonial(
        text=fields["text"],
        author_name=fields["authorName"],
        author_role=fields["authorRole"],
        locale=Locale.objects.get(language_code=locale),
        live=False,
    )
    testimonial.save()
    testimonial.save_revision(user=user, log_action=True)
    if workflow := testimonial.get_workflow():
        workflow.start(testimonial, user)
    return testimonial


def remove_draft(pk: int) -> bool:
    """Delete the draft; False when someone worked on it or published it since."""
    testimonial = Testimonial.objects.filter(pk=pk).first()
    if testimonial is None:
        return True
    if testimonial.live or testimonial.revisions.count() > 1:
        return False
    erase(pk)
    return True


def erase(pk: int) -> None:
    """Delete the testimonial whatever became of it."""
    testimonial = Testimonial.objects.filter(pk=pk).first()
    if testimonial is None:
        return
    if state := testimonial.current_workflow_state:
        state.cancel()
    testimonial.delete()


def admin_url(pk: int) -> str:
    """Where editors work on it."""
    return reverse("wagtailsnippets_pages_testimonial:edit", args=(pk,))


acceptor = Acceptor(make=make_testimonial, remove=remove_draft, admin_url=admin_url, erase=erase)
