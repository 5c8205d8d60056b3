"""One contribution: the proposal, what it is about, its history, and what can be done now."""

from typing import Any

from django.apps import apps
from django.contrib import messages as notices
from django.contrib.auth import get_permission_codename
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from knowledge.contributions import actions
from knowledge.contributions.acceptance import CorrectionView, accept, undo, view_correction
from knowledge.contributions.acceptors import acceptor_of, result_key
from knowledge.contributions.duplicates import find_duplicates
from knowledge.contributions.errors import ContributionError
from knowledge.contributions.kinds import NEW_ENTRY_KINDS, ContributionKind, ReplyPurpose
from knowledge.contributions.likeness import similar_contributions
from knowledge.contributions.models import Contribution
from knowledge.contributions.moderation import differences
from knowledge.contributions.moderation.forms import (
    DuplicateForm,
    MessageForm,
    NoteForm,
    ProposalForm,
)
from knowledge.contributions.moderation.permissions import MODERATE, moderation_policy
from knowledge.contributions.proposal import FIELDS
from knowledge.contributions.states import Action, possible_actions
from knowledge.contributions.targets import parts_of
from knowledge.models import Entry


class DetailView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Shows a contribution; a POST to ``…/<action>/`` does something with it."""

    permission_policy = moderation_policy
    any_permission_required = MODERATE
    template_name = "contributions/detail.html"
    header_icon = "mail"
    http_method_names = ["get", "post"]

    @cached_property
    def contribution(self) -> Contribution:
        queryset = Contribution.objects.select_related(
            "technology",
            "claimed_by",
            "decided_by",
            "target",
            "result",
            "duplicate_of",
            "contributor",
        )
        return get_object_or_404(queryset, pk=self.kwargs["pk"])

    @cached_property
    def correction(self) -> CorrectionView | None:
        if self.contribution.kind != ContributionKind.CORRECTION or not self.contribution.target:
            return None
        return view_correction(self.contribution)

    def get_page_title(self) -> str:
        return self.contribution.reference

    def get_page_subtitle(self) -> str:
        return self.contribution.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("contributions:index"), "label": _("Contributions")},
            {"url": "", "label": self.contribution.reference},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contribution = self.contribution
        possible = {action.value for action in possible_actions(contribution.current_state)}
        until = contribution.undo_until
        undo_open = Action.UNDO in possible and until is not None and until > timezone.now()
        forms = self.forms() | kwargs.pop("forms", {})
        return super().get_context_data(
            contribution=contribution,
            kind_label=contribution.get_kind_display(),
            shown_fields=self.shown_fields(),
            correction=self.correction,
            correction_rows=self.correction_rows(),
            part_label=self.part_label(),
            newer_rows=self.newer_rows(),
            duplicates=self.duplicates(),
            siblings=self.siblings(),
            events=contribution.events.select_related("user"),
            notes=contribution.notes.select_related("author"),
            possible=possible - ({Action.UNDO.value} if not undo_open else set()),
            undo_until=until if undo_open else None,
            result_url=self.result_url(),
            next_url=self.next_url(),
            person=getattr(contribution, "contributor", None),
            forms=forms,
            **kwargs,
        )

    def forms(self) -> dict[str, Any]:
        return {
            "accept": ProposalForm(
                contribution=self.contribution, correction=self.correction, prefix="accept"
            ),
            "accept_message": MessageForm(
                purpose=ReplyPurpose.ACCEPT, required=False, prefix="accept-message"
            ),
            "ask": MessageForm(purpose=ReplyPurpose.ASK, label=_("Question"), prefix="ask"),
            "decline": MessageForm(
                purpose=ReplyPurpose.DECLINE, label=_("Reason"), prefix="decline"
            ),
            "duplicate": DuplicateForm(prefix="duplicate", initial=self.likely_original()),
            "note": NoteForm(prefix="note"),
        }

    def likely_original(self) -> dict[str, str]:
        likely = sorted(self.likely_scores.items(), key=lambda one: (-one[1], one[0]))
        return {"code": likely[0][0]} if likely else {}

    @cached_property
    def likely_scores(self) -> dict[str, float]:
        """Codes of likely duplicates with their likeness: as it was sent, and as it is now."""
        contribution = self.contribution
        scores = {one["code"]: one["score"] for one in contribution.likely_duplicates}
        kind = NEW_ENTRY_KINDS.get(ContributionKind(contribution.kind))
        if kind is not None and contribution.title:
            # Others may have been published while this one waited.
            found = find_duplicates(
                kind,
                title=contribution.title,
                message=contribution.fields.get("errorMessage") or "",
                technology=contribution.fields.get("technology") or "",
                locale=contribution.locale,
                exclude=contribution.result_id,
            )
            scores |= {one.code: one.score for one in found}
        return scores

    def shown_fields(self) -> list[dict[str, Any]]:
        contribution = self.contribution
        masked = {item["field"] for item in contribution.masked}
        return [
            {
                "label": field.label,
                "text": contribution.fields.get(field.name, ""),
                "edited": contribution.edited_fields.get(field.name),
                "masked": field.name in masked,
                "is_long": field.form in ("prose", "code", "text"),
            }
            for field in FIELDS[ContributionKind(contribution.kind)]
            if contribution.fields.get(field.name) and field.name not in ("target", "section")
        ]

    def part_label(self) -> str:
        if self.correction is None:
            return ""
        parts = parts_of(self.contribution.target.specific_class)
        return str(parts[self.contribution.target_part].label)

    def correction_rows(self) -> list[differences.Row]:
        seen = self.correction
        return differences.rows(seen.base, seen.proposed) if seen else []

    def newer_rows(self) -> list[differences.Row]:
        """What others changed since the correction was written."""
        seen = self.correction
        return differences.rows(seen.base, seen.ours) if seen and seen.ours != seen.base else []

    def duplicates(self) -> list[dict[str, Any]]:
        """The likely duplicates that still exist, and whether the sender was shown them."""
        contribution = self.contribution
        likely = self.likely_scores
        entries = Entry.objects.filter(code__in=[*likely, *contribution.shown_duplicates])
        return [
            {
                "code": entry.code,
                "title": entry.title,
                "percent": round(likely.get(entry.code, 0) * 100),
                "was_shown": entry.code in contribution.shown_duplicates,
                "live": entry.live,
            }
            for entry in entries.order_by("code")
        ]

    def siblings(self) -> list[Contribution]:
        """Other contributions that say much the same, or are about the same part of an entry."""
        contribution = self.contribution
        others = Contribution.objects.exclude(pk=contribution.pk)
        same = others.filter(pk__in=similar_contributions(contribution))
        if contribution.text_hash:
            same |= others.filter(text_hash=contribution.text_hash)
        if contribution.target_id:
            same |= others.filter(
                target_id=contribution.target_id, target_part=contribution.target_part
            )
        return list(same.order_by("-submitted_at")[:10])

    def result_url(self) -> str:
        """Where the draft is edited; empty for who may only moderate."""
        contribution = self.contribution
        if contribution.result_id:
            finder = AdminURLFinder(self.request.user)
            return finder.get_edit_url(contribution.result.specific) or ""
        label = contribution.result_reference.rpartition(":")[0]
        acceptor = acceptor_of(ContributionKind(contribution.kind))
        key = result_key(contribution.result_reference)
        if acceptor is None or key is None:
            return ""
        options = apps.get_model(label)._meta
        permission = f"{options.app_label}.{get_permission_codename('change', options)}"
        return acceptor.admin_url(key) if self.request.user.has_perm(permission) else ""

    def next_url(self) -> str:
        following = (
            Contribution.objects.awaiting_anyone()
            .exclude(pk=self.contribution.pk)
            .order_by("submitted_at", "pk")
            .values_list("pk", flat=True)
            .first()
        )
        return reverse("contributions:detail", args=(following,)) if following else ""

    def post(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        handler = _HANDLERS.get(action)
        if handler is None:
            raise Http404
        try:
            form_in_error = handler(self, request)
        except ContributionError as error:
            for problem in error.problems:
                notices.error(request, problem.message)
            if action != "accept":
                return redirect("contributions:detail", pk=pk)
            # What the reviewer typed is not thrown away because someone else was faster.
            self.__dict__.pop("contribution", None)
            self.__dict__.pop("correction", None)
            return self.render_to_response(
                self.get_context_data(forms={"accept": self.bound_proposal(request)}), status=409
            )
        if form_in_error:
            return self.render_to_response(self.get_context_data(forms=form_in_error), status=400)
        return redirect("contributions:detail", pk=pk)

    def bound_proposal(self, request: HttpRequest) -> ProposalForm:
        return ProposalForm(
            request.POST,
            contribution=self.contribution,
            correction=self.correction,
            prefix="accept",
        )


FormsInError = dict[str, Any] | None


def _claim(view: DetailView, request: HttpRequest) -> FormsInError:
    actions.claim(contribution=view.contribution, user=request.user)
    notices.success(request, _("You are working on it now."))
    return None


def _release(view: DetailView, request: HttpRequest) -> FormsInError:
    actions.release(contribution=view.contribution, user=request.user)
    notices.success(request, _("It is back in the queue."))
    return None


def _rescue(view: DetailView, request: HttpRequest) -> FormsInError:
    actions.rescue(contribution=view.contribution, user=request.user)
    notices.success(request, _("It is in the queue now."))
    return None


def _spam(view: DetailView, request: HttpRequest) -> FormsInError:
    actions.mark_spam(contribution=view.contribution, user=request.user)
    notices.success(request, _("Marked as spam. The sender is not told."))
    return None


def _undo(view: DetailView, request: HttpRequest) -> FormsInError:
    undo(contribution=view.contribution, user=request.user)
    notices.success(request, _("Taken back. You are working on it again."))
    return None


def _ask(view: DetailView, request: HttpRequest) -> FormsInError:
    form = MessageForm(request.POST, purpose=ReplyPurpose.ASK, prefix="ask")
    if not form.is_valid():
        return {"ask": form}
    question = form.cleaned_data["message"]
    actions.ask(contribution=view.contribution, user=request.user, question=question)
    notices.success(request, _("The contributor is asked."))
    return None


def _decline(view: DetailView, request: HttpRequest) -> FormsInError:
    form = MessageForm(request.POST, purpose=ReplyPurpose.DECLINE, prefix="decline")
    if not form.is_valid():
        return {"decline": form}
    reason = form.cleaned_data["message"]
    actions.decline(contribution=view.contribution, user=request.user, reason=reason)
    notices.success(request, _("Declined."))
    return None


def _duplicate(view: DetailView, request: HttpRequest) -> FormsInError:
    form = DuplicateForm(request.POST, prefix="duplicate")
    if not form.is_valid():
        return {"duplicate": form}
    original = form.cleaned_data["code"]
    actions.mark_duplicate(contribution=view.contribution, user=request.user, original=original)
    notices.success(request, _("Closed as a duplicate of %(code)s.") % {"code": original.code})
    return None


def _note(view: DetailView, request: HttpRequest) -> FormsInError:
    form = NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return {"note": form}
    actions.add_note(
        contribution=view.contribution, user=request.user, text=form.cleaned_data["text"]
    )
    return None


def _accept(view: DetailView, request: HttpRequest) -> FormsInError:
    form = view.bound_proposal(request)
    message = MessageForm(
        request.POST, purpose=ReplyPurpose.ACCEPT, required=False, prefix="accept-message"
    )
    if not form.is_valid() or not message.is_valid():
        return {"accept": form, "accept_message": message}
    accept(
        contribution=view.contribution,
        user=request.user,
        message=message.cleaned_data["message"],
        edits=form.edits(),
        seen_mark=form.cleaned_data["seen_mark"],
    )
    notices.success(request, _("Accepted: a draft was made and sent to the editors."))
    return None


_HANDLERS = {
    "accept": _accept,
    "ask": _ask,
    "claim": _claim,
    "decline": _decline,
    "duplicate": _duplicate,
    "note": _note,
    "release": _release,
    "rescue": _rescue,
    "spam": _spam,
    "undo": _undo,
}
