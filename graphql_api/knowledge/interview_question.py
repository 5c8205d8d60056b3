"""InterviewQuestion: graded, answered in sections, followed up."""

import graphene

from graphql_api.knowledge.blocks import RichText
from graphql_api.knowledge.documents import DocumentType, listed
from graphql_api.knowledge.entries import Entry, term_of, terms_of
from graphql_api.knowledge.enums import Level
from graphql_api.knowledge.node import NODE_TYPES, Node
from graphql_api.knowledge.sections import section_fields
from graphql_api.knowledge.terms import Category, Role
from graphql_api.knowledge.vocabulary import TermRecord
from graphql_api.records import EntryRecord
from knowledge.kinds import Kind
from knowledge.models.interview_question import MAX_DIFFICULTY

_SECTIONS = section_fields(
    "DEEP_DIVE",
    "REAL_WORLD_EXAMPLE",
    "COMMON_MISTAKES",
    "PRODUCTION_SCENARIO",
    "FOLLOW_UP_QUESTIONS",
)


class InterviewQuestion(DocumentType):
    """A question, its model answer and everything an interviewer does with it."""

    class Meta:
        interfaces = (Entry, Node)

    category = graphene.Field(Category, description="What it is about, in the broad.")
    roles = listed(Role, "The jobs it is asked for.")
    level = Level(
        description="Seniority it is asked at; null when ungraded. Alias it beside "
        "`LearningPath.level`, which is another scale."
    )
    level_label = graphene.String(description="The level in words, in the entry's language.")
    difficulty = graphene.Int(
        description="From 1, anyone knows, to 10, few have met it; null when ungraded."
    )
    difficulty_stars = graphene.String(
        description="The difficulty as ten stars, `★★★★★☆☆☆☆☆` for 5; null when ungraded."
    )
    short_answer = graphene.Field(
        RichText, description="The model answer in two to four sentences."
    )
    deep_dive = _SECTIONS["deep_dive"]
    real_world_example = _SECTIONS["real_world_example"]
    common_mistakes = _SECTIONS["common_mistakes"]
    production_scenario = _SECTIONS["production_scenario"]
    follow_up_questions = _SECTIONS["follow_up_questions"]
    additional_sections = _SECTIONS["additional_sections"]

    @staticmethod
    def resolve_category(record: EntryRecord, info: graphene.ResolveInfo) -> TermRecord | None:
        return term_of(record, "categoryKey", info)

    @staticmethod
    def resolve_roles(record: EntryRecord, info: graphene.ResolveInfo) -> list[TermRecord]:
        return terms_of(record, "roleKeys", info)

    @staticmethod
    def resolve_difficulty_stars(record: EntryRecord, info: graphene.ResolveInfo) -> str | None:
        return stars(record.get("difficulty"))


def stars(difficulty: int | None) -> str | None:
    """``★★★☆☆☆☆☆☆☆`` for 3; None for None."""
    if difficulty is None:
        return None
    return "★" * difficulty + "☆" * (MAX_DIFFICULTY - difficulty)


NODE_TYPES[Kind.INTERVIEW_QUESTION] = InterviewQuestion
