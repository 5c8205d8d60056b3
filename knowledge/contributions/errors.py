"""What can be wrong with a contribution or with what is done to it: closed codes, no transport."""

from dataclasses import dataclass
from enum import StrEnum


class ContributionErrorCode(StrEnum):
    """Why an action on a contribution was refused."""

    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_SHORT = "TOO_SHORT"
    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    CONSENT_REQUIRED = "CONSENT_REQUIRED"
    FORM_TOKEN_INVALID = "FORM_TOKEN_INVALID"  # noqa: S105 (a code, not a secret)
    FORM_TOKEN_TOO_YOUNG = "FORM_TOKEN_TOO_YOUNG"  # noqa: S105 (a code, not a secret)
    FORM_TOKEN_EXPIRED = "FORM_TOKEN_EXPIRED"  # noqa: S105 (a code, not a secret)
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    THROTTLED = "THROTTLED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    TRANSITION_IMPOSSIBLE = "TRANSITION_IMPOSSIBLE"
    CLAIMED_BY_ANOTHER = "CLAIMED_BY_ANOTHER"
    CHANGED_MEANWHILE = "CHANGED_MEANWHILE"
    CONFLICT = "CONFLICT"
    UNDO_TOO_LATE = "UNDO_TOO_LATE"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: a code, a sentence for the sender, the place in the input."""

    code: ContributionErrorCode
    message: str
    path: tuple[str, ...] = ()


class ContributionError(Exception):
    """Refused; nothing was changed. ``problems`` are fit for the sender's eyes."""

    def __init__(
        self,
        code: ContributionErrorCode,
        message: str,
        path: tuple[str, ...] = (),
        *,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.problems = problems or (Problem(code, message, path),)


class InvalidProposalError(ContributionError):
    """Several things may be wrong with an input at once."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(first.code, first.message, first.path, problems=tuple(problems))


class ThrottledError(ContributionError):
    """Too many; may be tried again after ``retry_after`` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            ContributionErrorCode.THROTTLED,
            f"Too many submissions. Please try again in {retry_after} seconds.",
        )
        self.retry_after = retry_after
