"""What a submission is made of, kind by kind. Limits are told in each description."""

from typing import Any

import graphene

from graphql_api.knowledge.enums import CodeLanguage, ErrorKind, Level, SnippetKind, labelled
from knowledge.contributions.kinds import CreditConsent as CreditConsentChoices
from knowledge.contributions.proposal import CODE_LIMIT, PROSE_LIMIT, TITLE_LIMIT
from knowledge.contributions.targets import all_part_names

CreditConsent = labelled(
    "CreditConsent",
    "What you agree to about being named.",
    {
        CreditConsentChoices.NONE.value: "Do not name me.",
        CreditConsentChoices.UNTIL_ERASED.value: "Name me until I ask to be forgotten.",
        CreditConsentChoices.PERMANENT.value: "Name me for good, also when my data is erased.",
    },
)
CorrectableSection = labelled(
    "CorrectableSection",
    "A part of an entry that a correction can be about. Which of them an entry has depends "
    "on its kind.",
    {
        name: "Code of the first file."
        if name == "CODE"
        else f"{name.replace('_', ' ').capitalize()}."
        for name in all_part_names()
    },
)


def required(limit: int, description: str) -> graphene.InputField:
    """A text that must be given."""
    return graphene.InputField(
        graphene.NonNull(graphene.String),
        description=f"{description} At most {limit:,} characters.",
    )


def optional(limit: int, description: str) -> graphene.InputField:
    """A text that may be left out."""
    return graphene.InputField(
        graphene.String, description=f"{description} At most {limit:,} characters."
    )


def choice(enum: type[graphene.Enum], description: str) -> graphene.InputField:
    """A value of a closed list, optional."""
    return graphene.InputField(enum, description=description)


class QuestionProposal(graphene.InputObjectType):
    """An interview question you propose."""

    title = required(TITLE_LIMIT, "The question itself, on one line.")
    technology = required(120, "Slug of the technology it is about.")
    category = optional(120, "Slug of the category.")
    level = choice(Level, "The seniority it is asked at.")
    difficulty = graphene.InputField(graphene.Int, description="From 1 to 10.")
    short_answer = optional(PROSE_LIMIT, "The answer in a few sentences, in Markdown.")
    deep_dive = optional(PROSE_LIMIT, "How it works in detail, in Markdown.")
    real_world_example = optional(PROSE_LIMIT, "Where it mattered, in Markdown.")
    common_mistakes = optional(PROSE_LIMIT, "What people get wrong, in Markdown.")


class ErrorProposal(graphene.InputObjectType):
    """An error you met."""

    title = required(TITLE_LIMIT, "What went wrong, on one line.")
    technology = required(120, "Slug of the technology it happened in.")
    error_kind = choice(ErrorKind, "What sort of failure it is.")
    error_message = required(CODE_LIMIT, "The message exactly as printed. Secrets are masked.")
    stack_trace = optional(CODE_LIMIT, "The stack trace. Secrets are masked.")
    symptom = optional(PROSE_LIMIT, "What you saw, in Markdown.")
    root_cause = optional(PROSE_LIMIT, "Why it happens, in Markdown.")
    fix = optional(PROSE_LIMIT, "What ends it, in Markdown.")
    language = choice(CodeLanguage, "The language of `fixCode`.")
    fix_code = optional(CODE_LIMIT, "The code of the fix.")


class SnippetProposal(graphene.InputObjectType):
    """Code that others may want to copy."""

    title = required(TITLE_LIMIT, "What it does, on one line.")
    technology = required(120, "Slug of the technology.")
    snippet_kind = choice(SnippetKind, "What it is for.")
    description = required(PROSE_LIMIT, "What it does, in Markdown.")
    language = choice(CodeLanguage, "The language of the code.")
    file_name = optional(120, "The file it belongs into.")
    code = required(CODE_LIMIT, "The code, byte for byte. Secrets are masked.")
    usage = optional(PROSE_LIMIT, "How to use it, in Markdown.")


class SolutionProposal(graphene.InputObjectType):
    """Another way out of a published error."""

    target = required(64, "Code of the debug entry, for example DB-001.")
    solution = required(PROSE_LIMIT, "What to do, in Markdown.")
    language = choice(CodeLanguage, "The language of the code.")
    code = optional(CODE_LIMIT, "Code that does it.")
    platform = optional(64, "Where it applies, for example `Windows`.")


class CorrectionProposal(graphene.InputObjectType):
    """A better text for a part of a published entry."""

    target = required(64, "Code of the entry.")
    section = graphene.InputField(
        graphene.NonNull(CorrectableSection), description="The part that is to be corrected."
    )
    text = required(CODE_LIMIT, "The whole part as it should read, in Markdown.")
    reason = required(PROSE_LIMIT, "Why it should read so.")


class ContributorInput(graphene.InputObjectType):
    """Who you are, as far as you want to tell. Nothing of it is published but the credit."""

    email = optional(254, "To be told what becomes of it. Confirmed by a letter first.")
    credit = graphene.InputField(
        CreditConsent,
        default_value=CreditConsentChoices.NONE.value,
        description="Whether you are named with what you gave.",
    )
    credit_name = optional(120, "The name to be credited by.")
    credit_url = optional(500, "A web address the name leads to.")


def form_fields() -> dict[str, Any]:
    """What every submission carries beside its proposal."""
    return {
        "contributor": graphene.InputField(ContributorInput, description="Who sends it."),
        "accepts_licence": graphene.InputField(
            graphene.NonNull(graphene.Boolean),
            description="You give it under the licence that `contributionForm` names.",
        ),
        "form_token": graphene.InputField(
            graphene.NonNull(graphene.String),
            description="From `contributionForm`, fetched when the form was shown.",
        ),
        "homepage": graphene.InputField(
            graphene.String,
            description="Hide this field from people and leave it empty: only programs fill it in.",
        ),
        "locale": graphene.InputField(
            graphene.String, description="The language it is written in, for example `en`."
        ),
        "idempotency_key": graphene.InputField(
            graphene.String,
            description="Sending the same again under the same key makes no second submission. "
            "8 to 200 characters; the header Idempotency-Key does the same.",
        ),
    }


SubmitContributionInput = type(
    "SubmitContributionInput",
    (graphene.InputObjectType,),
    {
        "__doc__": "A submission. Give exactly one of question, error, snippet, solution and "
        "correction.",
        "question": graphene.InputField(QuestionProposal, description="A question."),
        "error": graphene.InputField(ErrorProposal, description="An error."),
        "snippet": graphene.InputField(SnippetProposal, description="A snippet."),
        "solution": graphene.InputField(SolutionProposal, description="A solution."),
        "correction": graphene.InputField(CorrectionProposal, description="A correction."),
        "shown_duplicates": graphene.InputField(
            graphene.List(graphene.NonNull(graphene.String)),
            description="Codes of the entries that `checkDuplicates` showed before sending.",
        ),
        **form_fields(),
    },
)

SubmitTestimonialInput = type(
    "SubmitTestimonialInput",
    (graphene.InputObjectType,),
    {
        "__doc__": "What you say about the archive.",
        "text": required(2_000, "The testimonial, in plain text."),
        "author_name": required(120, "Your name as it is to be shown."),
        "author_role": optional(120, "What you do, for example `Backend engineer`."),
        **form_fields(),
    },
)

NewEntryKind = labelled(
    "NewEntryKind",
    "The kinds of new entries that can be proposed.",
    {"QUESTION": "An interview question.", "ERROR": "An error.", "SNIPPET": "A snippet."},
)


class DuplicateCheckInput(graphene.InputObjectType):
    """What you are about to propose."""

    kind = graphene.InputField(graphene.NonNull(NewEntryKind), description="What it will be.")
    title = required(TITLE_LIMIT, "Its title.")
    message = optional(CODE_LIMIT, "For an error: the message.")
    technology = optional(120, "Slug of the technology.")
    locale = graphene.InputField(graphene.String, description="Its language, for example `en`.")
