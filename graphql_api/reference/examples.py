"""The examples to copy, as they stand in frontend_examples/."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "frontend_examples"
SHOWN = (
    ("curl/questions.sh", "sh"),
    ("curl/cached.sh", "sh"),
    ("curl/persisted.sh", "sh"),
    ("curl/partner.sh", "sh"),
    ("javascript/request.js", "js"),
    ("javascript/every-question.js", "js"),
    ("javascript/lookup-error.js", "js"),
    ("python/request.py", "python"),
    ("python/follow_changes.py", "python"),
    ("python/with_gql.py", "python"),
    ("typescript/src/request.ts", "ts"),
    ("typescript/src/questions.ts", "ts"),
)


def listings() -> str:
    """Each example under its path, as Markdown."""
    parts = []
    for path, language in SHOWN:
        source = (FOLDER / path).read_text(encoding="utf-8").rstrip()
        parts.append(f"`frontend_examples/{path}`\n\n```{language}\n{source}\n```")
    return "\n\n".join(parts)
