"""What editors see of each kind, tab by tab.

Invariant: what the code is made from stands under the title, on the first tab.
"""

from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from knowledge.forms import EntryForm, InterviewQuestionForm, LearningPathForm, TermForm
from knowledge.search.panels import SimilarEntriesPanel
from knowledge.widgets import TermCheckboxes

CODE_HELP = _(
    "The code is made from these on first save. It never changes, and is never given to "
    "another entry."
)


def title(*code_parts: str) -> list[Panel]:
    """The title, and the fields that the code is made from."""
    return [
        FieldPanel("title", classname="title"),
        MultiFieldPanel(
            [
                FieldPanel("code", read_only=True),
                FieldRowPanel(
                    [
                        one_term(name) if name == "technology" else FieldPanel(name)
                        for name in code_parts
                    ]
                ),
            ],
            heading=_("Code"),
            help_text=CODE_HELP,
        ),
    ]


def one_term(name: str) -> FieldPanel:
    """A single-valued vocabulary: a list, which offers only the entry's language."""
    return FieldPanel(name, widget=Select)


def terms(name: str) -> FieldPanel:
    """A many-valued vocabulary."""
    return FieldPanel(name, widget=TermCheckboxes)


def relations() -> InlinePanel:
    """Pointers to other entries of any kind."""
    return InlinePanel(
        "relations",
        panels=[FieldRowPanel([FieldPanel("relation"), FieldPanel("target")])],
        heading=_("Related entries"),
        label=_("Related entry"),
        help_text=_("Shown to readers only while the other entry is published."),
    )


def provenance_tab() -> ObjectList:
    """Where it comes from and who is to be credited."""
    return ObjectList(
        [
            InlinePanel(
                "contributors",
                panels=[FieldRowPanel([FieldPanel("name"), FieldPanel("url")])],
                heading=_("Contributors"),
                label=_("Contributor"),
                help_text=_("By the names they agreed to."),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("licence"), FieldPanel("licence_url")]),
                    FieldPanel("attribution"),
                    FieldPanel("source_url"),
                ],
                heading=_("Licence"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("source", read_only=True),
                            FieldPanel("source_id", read_only=True),
                        ]
                    )
                ],
                heading=_("Imported from"),
            ),
        ],
        heading=_("Provenance"),
    )


def promote_tab() -> ObjectList:
    """Address, search engines and schedule."""
    return ObjectList(
        [
            FieldPanel("slug"),
            MultiFieldPanel(
                [FieldPanel("seo_title"), FieldPanel("search_description")],
                heading=_("For search engines"),
            ),
            HelpPanel(
                _("The times of publication and expiry are set in the status panel."),
                heading=_("Schedule"),
            ),
            PublishingPanel(),
        ],
        heading=_("Promote"),
    )


def tabs(
    content: list[Panel],
    classification: list[Panel],
    details: list[Panel] | None = None,
    form: type[EntryForm] = EntryForm,
) -> TabbedInterface:
    """The edit handler of a kind."""
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            *([ObjectList(details, heading=_("Details"))] if details else []),
            ObjectList(
                [*classification, relations(), SimilarEntriesPanel()],
                heading=_("Classification"),
            ),
            provenance_tab(),
            promote_tab(),
        ],
        base_form_class=form,
    )


INTERVIEW_QUESTION = tabs(
    content=[
        *title("technology", "level"),
        FieldPanel("short_answer"),
        FieldPanel("sections"),
    ],
    classification=[
        FieldRowPanel([one_term("category"), FieldPanel("difficulty")]),
        terms("roles"),
        terms("topics"),
    ],
    form=InterviewQuestionForm,
)

DEBUG_ENTRY = tabs(
    content=[
        *title("technology", "area"),
        FieldPanel("error_messages"),
        FieldPanel("symptom"),
        MultiFieldPanel(
            [FieldPanel("fix_summary"), FieldPanel("fix_steps"), FieldPanel("is_tested")],
            heading=_("Fix"),
        ),
        FieldPanel("sections"),
    ],
    details=[
        FieldRowPanel([FieldPanel("error_kind"), FieldPanel("badge_label")]),
        FieldRowPanel([FieldPanel("error_name"), FieldPanel("error_code")]),
        FieldPanel("stack_traces"),
    ],
    classification=[terms("topics")],
)

CODE_SNIPPET = tabs(
    content=[
        *title("technology"),
        FieldPanel("description"),
        FieldPanel("files"),
        FieldPanel("sections"),
    ],
    details=[
        FieldPanel("preview_line"),
        FieldPanel("compatible_with"),
        FieldPanel("is_production_tested"),
    ],
    classification=[
        FieldRowPanel([FieldPanel("language"), FieldPanel("snippet_kind")]),
        terms("topics"),
    ],
)

SYSTEM_DESIGN_NOTE = tabs(
    content=[
        FieldPanel("title", classname="title"),
        FieldPanel("code", read_only=True),
        FieldPanel("description"),
        FieldPanel("sections"),
    ],
    details=[FieldPanel("diagrams")],
    classification=[
        FieldRowPanel([FieldPanel("design_kind"), one_term("technology")]),
        terms("topics"),
    ],
)

LEARNING_PATH = tabs(
    content=[
        FieldPanel("title", classname="title"),
        FieldPanel("code", read_only=True),
        FieldPanel("description"),
        InlinePanel(
            "modules",
            panels=[
                FieldPanel("title"),
                FieldPanel("summary"),
                FieldRowPanel([FieldPanel("hours"), FieldPanel("is_highlight")]),
                FieldPanel("topics"),
                FieldPanel("resources"),
                FieldPanel("milestone"),
            ],
            heading=_("Modules"),
            label=_("Module"),
            help_text=_("In the order they are taken."),
        ),
        FieldPanel("sections"),
    ],
    details=[
        FieldPanel("audience"),
        FieldPanel("outcomes"),
        FieldRowPanel([FieldPanel("estimated_hours"), FieldPanel("hours_are_estimate")]),
        FieldRowPanel([FieldPanel("claimed_module_count"), FieldPanel("is_mentor_guided")]),
        InlinePanel(
            "prerequisites",
            panels=[FieldPanel("required_path")],
            heading=_("Prerequisites"),
            label=_("Prerequisite"),
            help_text=_("Paths to take before this one."),
        ),
    ],
    classification=[
        FieldRowPanel([FieldPanel("level"), one_term("technology")]),
        terms("topics"),
    ],
    form=LearningPathForm,
)

SECURITY_TOPIC = tabs(
    content=[
        FieldPanel("title", classname="title"),
        FieldPanel("code", read_only=True),
        FieldPanel("description"),
        FieldPanel("safety_notice"),
        FieldPanel("sections"),
    ],
    details=[FieldPanel("code_comparisons")],
    classification=[
        FieldRowPanel([FieldPanel("security_kind"), FieldPanel("severity")]),
        one_term("technology"),
        FieldPanel("identifiers"),
        terms("topics"),
    ],
)


def term(*names: str) -> ObjectList:
    """The edit handler of a term: its name, its slug, then ``names``."""
    return ObjectList(
        [
            TitleFieldPanel("name", placeholder=False),
            FieldPanel("slug"),
            *(
                FieldPanel(name, widget=Select) if name == "language" else FieldPanel(name)
                for name in names
            ),
            FieldPanel("description"),
            FieldPanel("order"),
        ],
        base_form_class=TermForm,
    )


TECHNOLOGY = term("code_prefix", "display_label", "language", "aliases")
CATEGORY = term()
TOPIC = term("aliases")
ROLE = term()
DOMAIN = ObjectList(
    [
        TitleFieldPanel("name", placeholder=False),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("claimed_figure"), FieldPanel("claimed_number")]),
                FieldPanel("unit"),
            ],
            heading=_("What the site claims"),
            help_text=_("What is really published is counted and delivered beside it."),
        ),
        FieldPanel("call_to_action"),
        FieldPanel("description"),
        FieldPanel("order"),
    ],
    base_form_class=TermForm,
)
