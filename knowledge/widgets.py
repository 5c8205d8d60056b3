"""Form widgets of the admin."""

from django import forms


class TermCheckboxes(forms.CheckboxSelectMultiple):
    """Many terms to tick, in a box that scrolls, with a field that narrows them down."""

    template_name = "knowledge/widgets/term_checkboxes.html"

    class Media:
        css = {"all": ["knowledge/admin.css"]}
        js = ["knowledge/term-checkboxes.js"]
