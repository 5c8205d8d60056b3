"""A record's digest follows its content, and nothing else."""

import pytest

from knowledge.importing.records import Record, RecordError


def record(values, **fields) -> Record:
    defaults = {"kind": "DEBUG_ENTRY", "source": "s", "source_id": "1", "locale": "en"}
    return Record(values=values, origin="a:1", **{**defaults, **fields})


def test_order_and_place_do_not_matter():
    first, second = record({"a": 1, "b": 2}), record({"b": 2, "a": 1})

    assert first.digest == second.digest
    assert len(first.digest) == 32


def test_content_does():
    assert record({"a": 1}).digest != record({"a": 2}).digest


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_no_database_can_hold_is_refused(text):
    with pytest.raises(RecordError):
        assert record({"title": text}).digest


@pytest.mark.parametrize("text", [r"\u0000", r"\\u0000"])
def test_text_about_nul_is_fine(text):
    assert record({"title": text}).digest


def test_the_program_of_a_snippet_is_no_entry_code():
    assert record({"code": "const a = 1;"}, kind="CODE_SNIPPET").code == ""
    assert record({"code": "SNIP-JS-001"}, kind="CODE_SNIPPET").code == "SNIP-JS-001"
    assert record({"code": " db-001"}).code == "DB-001"
