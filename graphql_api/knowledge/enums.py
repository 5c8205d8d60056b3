"""The closed vocabularies as GraphQL enums; wire names are the stored values."""

from collections.abc import Callable

import graphene
from django.db import models
from django.utils import translation

from graphql_api.knowledge.reading import DEFAULT_FALLBACK, NO_FALLBACK
from knowledge import kinds
from knowledge.blocks.languages import LANGUAGES


def labelled(name: str, description: str, values: dict[str, str]) -> type[graphene.Enum]:
    """An enum whose values are named as they are stored; ``values`` describes each."""
    return type(
        name,
        (graphene.Enum,),
        {
            **{value: value for value in values},
            "Meta": type("Meta", (), {"description": _describe(description, values)}),
        },
    )


def _describe(description: str, values: dict[str, str]) -> Callable[[object], str]:
    def describe(member: object) -> str:
        return description if member is None else values[getattr(member, "value", str(member))]

    return describe


def _of(choices: type[models.TextChoices], name: str = "") -> type[graphene.Enum]:
    # The schema is one for all languages; it is described in English.
    with translation.override("en"):
        values = {value: f"{label}." for value, label in choices.choices}
    return labelled(name or choices.__name__, (choices.__doc__ or "").strip(), values)


EntryKind = _of(kinds.Kind, "EntryKind")
Level = _of(kinds.Level)
PathLevel = _of(kinds.PathLevel)
ErrorKind = _of(kinds.ErrorKind)
SnippetKind = _of(kinds.SnippetKind)
DesignKind = _of(kinds.DesignKind)
SecurityKind = _of(kinds.SecurityKind)
Severity = _of(kinds.Severity)
RelationKind = _of(kinds.RelationKind)

CodeLanguage = labelled(
    "CodeLanguage",
    "A language of code, written as answers and syntax highlighters name it.",
    {slug: f"{label}." for slug, label in LANGUAGES},
)
CalloutTone = labelled(
    "CalloutTone",
    "How urgent a callout is.",
    {
        "NOTE": "Worth knowing.",
        "TIP": "A better way.",
        "WARNING": "Goes wrong easily.",
        "DANGER": "Does damage.",
    },
)
FixStepKind = labelled(
    "FixStepKind",
    "What a fix step asks for.",
    {
        "COMMAND": "Run a command.",
        "EDIT": "Edit code.",
        "CONFIG": "Change configuration.",
        "VERIFY": "Check that it works.",
    },
)
DiagramFormat = labelled(
    "DiagramFormat",
    "What a diagram is given as.",
    {"MERMAID": "Mermaid source text.", "IMAGE": "A picture."},
)
LocaleFallback = labelled(
    "LocaleFallback",
    "What is delivered where the language asked for has no translation. "
    "Terms that an entry is filed under always fall back.",
    {
        DEFAULT_FALLBACK: "The default language stands in; `locale` tells which it is.",
        NO_FALLBACK: "Nothing: untranslated entries are left out.",
    },
)
