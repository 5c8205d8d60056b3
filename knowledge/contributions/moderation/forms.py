"""What reviewers fill in. The rules are in the actions; forms only carry text to them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.contributions.acceptance import CorrectionView
from knowledge.contributions.kinds import ContributionKind
from knowledge.contributions.models import CannedReply, Contribution
from knowledge.contributions.proposal import FIELDS, Field
from knowledge.models import Entry

# What a reviewer cannot change: what the proposal is about.
_FIXED = frozenset({"target", "section"})


class MessageForm(forms.Form):
    """A text for the contributor, perhaps begun with a canned reply."""

    message = forms.CharField(
        label=_("Message to the contributor"), widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args, purpose: str, required: bool = True, label=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.replies = list(CannedReply.objects.filter(purpose=purpose))
        self.fields["message"].required = required
        if label:
            self.fields["message"].label = label


class NoteForm(forms.Form):
    """A word to other reviewers."""

    text = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}))


class DuplicateForm(forms.Form):
    """Which entry says it already."""

    code = forms.CharField(
        label=_("Code of the entry"), max_length=64, help_text=_("For example FAPI-MID-003.")
    )

    def clean_code(self) -> Entry:
        code = self.cleaned_data["code"].strip().upper()
        entry = Entry.objects.filter(code=code).order_by("pk").first()
        if entry is None:
            raise forms.ValidationError(_("There is no entry with this code."))
        return entry


class ProposalForm(forms.Form):
    """The proposal, ready to be edited before it is accepted."""

    seen_mark = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        contribution: Contribution,
        correction: CorrectionView | None = None,
        **kwargs,
    ) -> None:
        self.contribution = contribution
        current = contribution.current_fields
        initial = {**current}
        if correction is not None:
            initial |= {"text": correction.merged.text, "seen_mark": correction.mark}
        super().__init__(*args, initial=initial, **kwargs)
        self.editable = [
            field
            for field in FIELDS[ContributionKind(contribution.kind)]
            if field.name not in _FIXED and field.name != "reason"
        ]
        for field in self.editable:
            self.fields[field.name] = forms.CharField(
                label=field.label,
                required=False,
                strip=False,
                widget=self._widget(field, initial.get(field.name, "")),
            )

    @staticmethod
    def _widget(field: Field, text: str) -> forms.Widget:
        if field.choices:
            return forms.Select(choices=[("", "–"), *((one, one) for one in field.choices)])
        if field.form in ("prose", "code", "text"):
            rows = min(24, max(3, text.count("\n") + 2))
            return forms.Textarea(attrs={"rows": rows, "class": "contribution-code"})
        return forms.TextInput()

    def edits(self) -> dict[str, str]:
        """The fields whose text is not what the form showed at first."""
        shown = {field.name: self.initial.get(field.name, "") for field in self.editable}
        given = {
            name: self.cleaned_data[name].replace("\r\n", "\n").replace("\r", "\n")
            for name in shown
        }
        edits = {name: text for name, text in given.items() if text != shown[name]}
        # The merge that was looked at is what the reviewer means, not a later one.
        if self.cleaned_data["seen_mark"] and "text" in given:
            edits["text"] = given["text"]
        return edits
