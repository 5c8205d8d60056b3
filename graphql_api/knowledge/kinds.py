"""The six kinds of entry as the contract names them."""

from dataclasses import dataclass

import graphene

from graphql_api.knowledge.code_snippet import CodeSnippet
from graphql_api.knowledge.debug_entry import DebugEntry
from graphql_api.knowledge.interview_question import InterviewQuestion
from graphql_api.knowledge.learning_path import LearningPath
from graphql_api.knowledge.security_topic import SecurityTopic
from graphql_api.knowledge.system_design_note import SystemDesignNote
from knowledge.kinds import Kind


@dataclass(frozen=True, slots=True)
class ShownKind:
    """The object type of a kind, and what its entries are called."""

    type: type[graphene.ObjectType]
    singular: str
    plural: str

    @property
    def type_name(self) -> str:
        """The name of the object type, which ids carry."""
        return self.type._meta.name


KINDS = {
    Kind.INTERVIEW_QUESTION: ShownKind(
        InterviewQuestion, "interview question", "interview questions"
    ),
    Kind.DEBUG_ENTRY: ShownKind(DebugEntry, "debug entry", "debug entries"),
    Kind.CODE_SNIPPET: ShownKind(CodeSnippet, "code snippet", "code snippets"),
    Kind.SYSTEM_DESIGN_NOTE: ShownKind(
        SystemDesignNote, "system design note", "system design notes"
    ),
    Kind.LEARNING_PATH: ShownKind(LearningPath, "learning path", "learning paths"),
    Kind.SECURITY_TOPIC: ShownKind(SecurityTopic, "security topic", "security topics"),
}
KIND_OF_TYPE = {shown.type_name: kind for kind, shown in KINDS.items()}
