"""One mapping a kind: from the fields of a record to the values of a model."""

from collections.abc import Callable
from typing import NamedTuple

from knowledge.importing.kinds.code_snippet import map_code_snippet
from knowledge.importing.kinds.debug_entry import map_debug_entry
from knowledge.importing.kinds.interview_question import map_interview_question
from knowledge.importing.kinds.learning_path import map_learning_path
from knowledge.importing.kinds.security_topic import map_security_topic
from knowledge.importing.kinds.system_design_note import map_system_design_note
from knowledge.importing.mapping import MappingContext, Values
from knowledge.kinds import Kind
from knowledge.models import (
    CodeSnippet,
    DebugEntry,
    Entry,
    InterviewQuestion,
    LearningPath,
    SecurityTopic,
    SystemDesignNote,
)


class KindMapping(NamedTuple):
    """The model of a kind, and how a record becomes its values."""

    model: type[Entry]
    values: Callable[[MappingContext], Values]


MAPPINGS: dict[str, KindMapping] = {
    Kind.INTERVIEW_QUESTION: KindMapping(InterviewQuestion, map_interview_question),
    Kind.DEBUG_ENTRY: KindMapping(DebugEntry, map_debug_entry),
    Kind.CODE_SNIPPET: KindMapping(CodeSnippet, map_code_snippet),
    Kind.SYSTEM_DESIGN_NOTE: KindMapping(SystemDesignNote, map_system_design_note),
    Kind.LEARNING_PATH: KindMapping(LearningPath, map_learning_path),
    Kind.SECURITY_TOPIC: KindMapping(SecurityTopic, map_security_topic),
}
