"""The drafts that can be seen in a front end now, and an end to it before its time.

Invariant: a person sees, and can end, the previews of what they may edit, and no other.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.publishing.models import PreviewGrant
from cms.publishing.preview import may_edit, revoke

# More than an editor's hour of work; the newest come first.
MOST_SHOWN = 200


def editable_grants(user: Any) -> list[tuple[PreviewGrant, Any]]:
    """The grants in force, each with its object, that ``user`` may edit; the newest first."""
    grants = (
        PreviewGrant.objects.filter(revoked_at=None, expires_at__gt=timezone.now())
        .select_related("user", "content_type")
        .order_by("-created_at")[:MOST_SHOWN]
    )
    objects = [(grant, instance_of(grant)) for grant in grants]
    return [pair for pair in objects if pair[1] is not None and may_edit(user, pair[1])]


def instance_of(grant: PreviewGrant) -> Any:
    """The object as it is stored; None when it is gone."""
    model = grant.content_type.model_class()
    return model and model._default_manager.filter(pk=grant.object_id).first()


def report_view(request: HttpRequest) -> TemplateResponse:
    """The previews in force."""
    context = {"grants": editable_grants(request.user)}
    return TemplateResponse(request, "publishing/previews.html", context)


def end_view(request: HttpRequest, pk: str) -> Any:
    """End every preview of the object that this one shows."""
    if request.method == "POST":
        instance = instance_of(get_object_or_404(PreviewGrant, pk=pk))
        # Somebody else's draft is as if it were not there.
        if instance is None or not may_edit(request.user, instance):
            raise Http404
        revoke(user=request.user, instance=instance)
        messages.success(request, _("The previews have ended."))
    return redirect("front_end_previews")
