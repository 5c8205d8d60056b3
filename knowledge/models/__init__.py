"""The records, one kind a file."""

from knowledge.models.codes import CodeSequence, IssuedCode
from knowledge.models.debug_entry import DebugEntry
from knowledge.models.entry import Entry, EntryContributor, EntryRelation, FormerSlug
from knowledge.models.imported_record import ImportedRecord
from knowledge.models.interview_question import InterviewQuestion
from knowledge.models.learning_path import (
    LearningModule,
    LearningPath,
    PathPrerequisite,
)
from knowledge.models.code_snippet import CodeSnippet
from knowledge.models.published import PublishedEntry, PublishedEntryTerm, PublishedTerm
from knowledge.models.published_count import PublishedCount
from knowledge.models.published_day import PublishedDay
from knowledge.models.search_index import (
    MissedSearch,
    SearchColumns,
    SearchDocument,
    SearchFacetValue,
    SearchPlaces,
    SearchPosting,
    SearchTerm,
    SearchText,
    SearchVector,
)
from knowledge.models.security_topic import SecurityTopic
from knowledge.models.system_design_note import SystemDesignNote
from knowledge.models.taxonomy import Category, Domain, Role, Technology, Topic

ENTRY_MODELS = (
    InterviewQuestion,
    DebugEntry,
    CodeSnippet,
    SystemDesignNote,
    LearningPath,
    SecurityTopic,
)
TERM_MODELS = (Technology, Category, Topic, Role, Domain)

__all__ = [
    "ENTRY_MODELS",
    "TERM_MODELS",
    "Category",
    "CodeSequence",
    "CodeSnippet",
    "DebugEntry",
    "Domain",
    "Entry",
    "EntryContributor",
    "EntryRelation",
    "FormerSlug",
    "ImportedRecord",
    "InterviewQuestion",
    "IssuedCode",
    "LearningModule",
    "LearningPath",
    "MissedSearch",
    "PathPrerequisite",
    "PublishedCount",
    "PublishedDay",
    "PublishedEntry",
    "PublishedEntryTerm",
    "PublishedTerm",
    "Role",
    "SearchColumns",
    "SearchDocument",
    "SearchFacetValue",
    "SearchPlaces",
    "SearchPosting",
    "SearchTerm",
    "SearchText",
    "SearchVector",
    "SecurityTopic",
    "SystemDesignNote",
    "Technology",
    "Topic",
]
