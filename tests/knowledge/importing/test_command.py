"""``import_content`` as its user meets it: what it prints and how it ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from knowledge.importing.run import Import
from knowledge.models import Domain, InterviewQuestion, PublishedEntry
from tests.knowledge.importing.conftest import question

pytestmark = pytest.mark.django_db

SEED = {
    "questions": [
        {
            "id": "FAPI-MID-003",
            "question": "How do you inject?",
            "technology": "Python (FastAPI)",
            "category": "Language Fundamentals",
            "level": "Mid-Level",
            "difficulty": 5,
            "sections": {"short_answer": "With Depends.", "real_world": "Once."},
            "follow_up_questions": ["And tests?"],
        }
    ],
    "debug_entries": [
        {
            "id": "SQL-019",
            "technology": "SQL",
            "kind": "CONSTRAINT",
            "badge": "SQL ERROR",
            "title": "Parent row not found",
            "error_message": "ERROR 1452: no",
            "error_type": "ERROR 1452",
            "root_cause": "No parent.",
            "fix": "Insert it first.",
            "views": 4200,
        }
    ],
    "snippets": [
        {
            "technology": "PHP",
            "kind": "PATTERN",
            "title": "Singleton",
            "description": "One.",
            "code_line": "private static ?self $instance = null;",
            "uses_this_week": 12,
        }
    ],
    "learning_paths": [
        {
            "title": "Zero to Production",
            "level": "Mid-Level",
            "description": "All.",
            "modules_listed": ["One", "Two"],
            "modules_total": 18,
            "hours": 40,
            "hours_approximate": True,
        }
    ],
    "domains": [
        {"number": "01", "name": "Interview Questions", "count": 3500, "count_plus": True,
         "count_unit": "questions", "link_label": "Explore →", "description": "All."}
    ],
}  # fmt: skip


def run(*arguments, **options) -> tuple[str, str, int]:
    """The command's output, its errors and its exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_content", *arguments, stdout=out, stderr=err, **options)
    except SystemExit as ended:
        return out.getvalue(), err.getvalue(), int(ended.code or 0)
    return out.getvalue(), err.getvalue(), 0


def test_all_in(write):
    out, err, code = run(str(write(question())), "--publish")

    assert code == 0
    assert out.startswith("1 created, 0 rejected in ")
    assert err == ""


def test_some_rejected(write):
    out, err, code = run(str(write(question(), question(id="2", level="wizard"))), "--publish")

    assert code == 1
    assert out.startswith("1 created, 1 rejected in ")
    assert err == (
        "Rejected: records.jsonl:2  2  level: “wizard” is not one of "
        "junior, mid, senior, architect.\n"
    )
    assert PublishedEntry.objects.count() == 1


def test_a_dry_run_says_so(write):
    out, _, _ = run(str(write(question())), "--dry-run")

    assert out.startswith("Dry run, nothing was kept: 1 created, 0 rejected")
    assert InterviewQuestion.objects.count() == 0


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(CommandError) as caught:
        call_command("import_content", str(tmp_path / "none"))

    assert caught.value.returncode == 2


def test_values_for_records_that_lack_them(write):
    record = question()
    del record["technology"], record["source"]
    run(str(write(record)), "--set", "technology=Rust", "--source", "mine")

    entry = InterviewQuestion.objects.get()
    assert (entry.technology.name, entry.source) == ("Rust", "mine")


def test_one_kind_only(write):
    other = {"id": "2", "kind": "debug_entry", "title": "B"}
    out, _, code = run(str(write(question(), other)), "--kind", "interview_question")

    assert (code, "1 of other kinds left out" in out) == (0, True)


def test_interrupted(write, monkeypatch):
    def interrupt(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(Import, "run", interrupt)
    _, err, code = run(str(write(question())))

    assert code == 130
    assert "run it again to go on" in err


def test_ignored_fields_are_told(write):
    _, err, _ = run(str(write(question(stars=5))))

    assert err == "Note: interview_question has no field stars: ignored in 1.\n"


def test_the_seed_s_form(write):
    path = write(SEED, name="seed.json")
    out, _, code = run(str(path), "--publish")

    assert (code, out[:21]) == (0, "4 created, 0 rejected")
    documents = {row.kind: {**row.card, **row.body} for row in PublishedEntry.objects.all()}
    question_document = documents["INTERVIEW_QUESTION"]
    assert question_document["code"] == "FAPI-MID-003"
    assert [one["name"] for one in question_document["sections"]] == [
        "REAL_WORLD_EXAMPLE",
        "FOLLOW_UP_QUESTIONS",
    ]
    debug = documents["DEBUG_ENTRY"]
    assert (debug["errorKind"], debug["errorName"], debug["errorCode"], debug["badgeLabel"]) == (
        "CONSTRAINT",
        "ERROR 1452",
        "1452",
        "SQL ERROR",
    )
    assert documents["CODE_SNIPPET"]["previewLine"] == "private static ?self $instance = null;"
    path_document = documents["LEARNING_PATH"]
    assert (path_document["claimedModuleCount"], path_document["highlights"]) == (
        18,
        ["One", "Two"],
    )
    assert Domain.objects.get().claimed_figure == "3,500+"

    out, _, _ = run(str(path), "--publish")
    assert out.startswith("4 unchanged, 0 rejected")
