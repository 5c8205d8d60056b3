"""A proposal against what is there: does it name things that exist, and does it say anything?

Invariant: what a proposal may point at is exactly what is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Locale

from knowledge.contributions.building import find_term
from knowledge.contributions.errors import ContributionErrorCode, Problem
from knowledge.contributions.kinds import ContributionKind
from knowledge.contributions.proposal import clean_proposal
from knowledge.contributions.targets import parts_of, read_part
from knowledge.kinds import Kind
from knowledge.models import Category, Entry, PublishedEntry, Technology


@dataclass(slots=True)
class Checked:
    """A proposal whose references were looked up."""

    fields: dict[str, str]
    locale: str
    technology: Technology | None = None
    target: Entry | None = None
    target_title: str = ""
    base_text: str = ""


def check_proposal(
    kind: ContributionKind, values: Mapping[str, object], locale: str
) -> tuple[Checked, list[Problem]]:
    """The proposal with what it refers to, and everything that is wrong with it."""
    fields, problems = clean_proposal(kind, values)
    checked = Checked(fields, locale or settings.LANGUAGE_CODE)
    if not known_locale(checked.locale):
        problems.append(
            Problem(
                ContributionErrorCode.INVALID, "We do not publish in this language.", ("locale",)
            )
        )
        return checked, problems
    if fields.get("technology"):
        checked.technology = find_term(Technology, fields["technology"], settings.LANGUAGE_CODE)
        if checked.technology is None:
            problems.append(_unknown("technology"))
    if fields.get("category") and not find_term(Category, fields["category"], checked.locale):
        problems.append(_unknown("category"))
    if fields.get("target"):
        problems += _look_up_target(kind, checked)
    return checked, problems


def known_locale(locale: str) -> bool:
    """True for a language that content is published in."""
    return locale in dict(settings.WAGTAIL_CONTENT_LANGUAGES) and (
        Locale.objects.filter(language_code=locale).exists()
    )


def _look_up_target(kind: ContributionKind, checked: Checked) -> list[Problem]:
    document = (
        PublishedEntry.objects.visible()
        .filter(code=checked.fields["target"], locale=checked.locale)
        .first()
    )
    entry = document and Entry.objects.filter(pk=document.pk).first()
    if document is None or entry is None:
        return [_unknown("target")]
    if kind == ContributionKind.SOLUTION and document.kind != Kind.DEBUG_ENTRY:
        return [
            Problem(ContributionErrorCode.INVALID, "Solutions are for debug entries.", ("target",))
        ]
    checked.target = entry
    checked.target_title = document.card["title"]
    checked.technology = entry.technology
    if kind == ContributionKind.CORRECTION:
        return _look_up_part(checked, entry.specific)
    return []


def _look_up_part(checked: Checked, entry: Entry) -> list[Problem]:
    part = parts_of(type(entry)).get(checked.fields["section"])
    if part is None:
        return [
            Problem(
                ContributionErrorCode.INVALID,
                f"{entry._meta.verbose_name.capitalize()} has no such section.",
                ("section",),
            )
        ]
    checked.base_text = read_part(entry, part)
    if checked.fields["text"].strip() == checked.base_text.strip():
        return [Problem(ContributionErrorCode.INVALID, "This is what it says already.", ("text",))]
    return []


def _unknown(name: str) -> Problem:
    return Problem(ContributionErrorCode.NOT_FOUND, f"There is no such {name}.", (name,))
