"""The closed vocabularies of the domain. Stored values are the wire values of GraphQL enums."""

from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The six kinds of entry."""

    INTERVIEW_QUESTION = "INTERVIEW_QUESTION", _("Interview question")
    DEBUG_ENTRY = "DEBUG_ENTRY", _("Debug entry")
    CODE_SNIPPET = "CODE_SNIPPET", _("Code snippet")
    SYSTEM_DESIGN_NOTE = "SYSTEM_DESIGN_NOTE", _("System design note")
    LEARNING_PATH = "LEARNING_PATH", _("Learning path")
    SECURITY_TOPIC = "SECURITY_TOPIC", _("Security topic")


class Level(models.TextChoices):
    """Seniority a question is asked at."""

    JUNIOR = "JUNIOR", _("Junior")
    MID = "MID", _("Mid-Level")
    SENIOR = "SENIOR", _("Senior")
    ARCHITECT = "ARCHITECT", _("Architect")


class PathLevel(models.TextChoices):
    """Where a learning path begins; another scale than the levels of questions."""

    BEGINNER = "BEGINNER", _("Beginner")
    MID_LEVEL = "MID_LEVEL", _("Mid-Level")
    ADVANCED = "ADVANCED", _("Advanced")


class ErrorKind(models.TextChoices):
    """What sort of failure a debug entry is about."""

    FATAL = "FATAL", _("Fatal error")
    RUNTIME = "RUNTIME", _("Runtime error")
    TYPE = "TYPE", _("Type error")
    SYNTAX = "SYNTAX", _("Syntax error")
    REFERENCE = "REFERENCE", _("Reference error")
    IMPORT = "IMPORT", _("Import error")
    CONSTRAINT = "CONSTRAINT", _("Constraint violation")
    CONFIGURATION = "CONFIGURATION", _("Configuration error")
    NETWORK = "NETWORK", _("Network error")
    HTTP_STATUS = "HTTP_STATUS", _("HTTP status")
    CORS = "CORS", _("CORS")
    STATIC_ANALYSIS = "STATIC_ANALYSIS", _("Static analysis")
    PLUGIN = "PLUGIN", _("Plugin or extension")
    RESOURCE = "RESOURCE", _("Resource exhausted")
    CONCURRENCY = "CONCURRENCY", _("Concurrency")
    BUILD = "BUILD", _("Build or packaging")
    OTHER = "OTHER", _("Other")


class SnippetKind(models.TextChoices):
    """What a snippet is for."""

    PATTERN = "PATTERN", _("Pattern")
    UTILITY = "UTILITY", _("Utility")
    QUERY = "QUERY", _("Query")
    HOOK = "HOOK", _("Hook")
    ALGORITHM = "ALGORITHM", _("Algorithm")
    CONFIGURATION = "CONFIGURATION", _("Configuration")
    SCRIPT = "SCRIPT", _("Script")
    COMPONENT = "COMPONENT", _("Component")
    TEST = "TEST", _("Test")


class DesignKind(models.TextChoices):
    """What a system design note describes."""

    ARCHITECTURE_PATTERN = "ARCHITECTURE_PATTERN", _("Architecture pattern")
    DESIGN_PRINCIPLE = "DESIGN_PRINCIPLE", _("Design principle")
    SCALABILITY = "SCALABILITY", _("Scalability")
    SYSTEM_BREAKDOWN = "SYSTEM_BREAKDOWN", _("System breakdown")
    CASE_STUDY = "CASE_STUDY", _("Case study")


class SecurityKind(models.TextChoices):
    """What a security topic teaches."""

    PENTEST_CONCEPT = "PENTEST_CONCEPT", _("Penetration testing concept")
    VULNERABILITY_PATTERN = "VULNERABILITY_PATTERN", _("Vulnerability pattern")
    OWASP_DEEP_DIVE = "OWASP_DEEP_DIVE", _("OWASP deep dive")
    DEFENSIVE_CODING = "DEFENSIVE_CODING", _("Defensive coding")


class Severity(models.TextChoices):
    """How bad it is when exploited."""

    INFO = "INFO", _("Informational")
    LOW = "LOW", _("Low")
    MEDIUM = "MEDIUM", _("Medium")
    HIGH = "HIGH", _("High")
    CRITICAL = "CRITICAL", _("Critical")


class RelationKind(models.TextChoices):
    """How one entry relates to another."""

    SEE_ALSO = "SEE_ALSO", _("See also")
    EXPLAINS = "EXPLAINS", _("Explains")
    FIXED_BY = "FIXED_BY", _("Fixed by")
    EXAMPLE_OF = "EXAMPLE_OF", _("Example of")
    BUILDS_ON = "BUILDS_ON", _("Builds on")


class TermKind(models.TextChoices):
    """The vocabularies that entries are filed under."""

    TECHNOLOGY = "TECHNOLOGY", _("Technology")
    CATEGORY = "CATEGORY", _("Category")
    TOPIC = "TOPIC", _("Topic")
    ROLE = "ROLE", _("Role")
    DOMAIN = "DOMAIN", _("Domain")


def rank(choices: type[models.TextChoices], value: str) -> int:
    """The position of ``value`` on its scale, from 1; 0 when it is not set."""
    return _ranks(choices).get(value, 0)


@cache
def _ranks(choices: type[models.TextChoices]) -> dict[str, int]:
    return {value: number for number, value in enumerate(choices.values, start=1)}


# Where a level orders a list, what has none comes last.
UNGRADED_RANK = 99
