"""Every reader names the place of what it reads, and of what it cannot."""

import pytest

from knowledge.importing.sources import Reading, ReadingOptions, read_paths

CSV_OPTIONS = ReadingOptions(kind="INTERVIEW_QUESTION")


def reading_of(path, options=None) -> Reading:
    return read_paths([path], options or ReadingOptions())


def rejected(reading: Reading) -> list[str]:
    return [str(one) for one in reading.rejections]


def test_a_broken_line_does_not_stop_the_others(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"kind":"debug_entry","id":"1"}\n{"kind":\n\n[1]\n', encoding="utf-8")

    reading = reading_of(file)

    assert [record.origin for record in reading.records] == ["a.jsonl:1"]
    assert rejected(reading) == [
        "a.jsonl:2  (no id)  Not valid JSON: Expecting value.",
        "a.jsonl:4  (no id)  Not a record: an object was expected.",
    ]


def test_json_holds_one_record_a_list_or_a_list_under_records(tmp_path):
    texts = {
        "one.json": '{"kind":"debug_entry","id":"1"}',
        "list.json": '[{"kind":"debug_entry","id":"2"}]',
        "under.json": '{"records":[{"kind":"debug_entry","id":"3"}]}',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    records = reading_of(tmp_path).records

    assert [(one.origin, one.source_id, one.source) for one in records] == [
        ("list.json#1", "2", "list"),
        ("one.json:1", "1", "one"),
        ("under.json#1", "3", "under"),
    ]


def test_a_spreadsheet_export_is_read(tmp_path):
    file = tmp_path / "export.csv"
    file.write_bytes(
        "\ufeffQuestion;Answer;Level;Tags;Source URL\r\n"
        '"Why?";"Line one\r\nline two; still";SENIOR ;a|b;https://example.org\r\n'
        "Short?;Because\r\n".encode()
    )

    first, second = reading_of(file, CSV_OPTIONS).records

    assert first.origin == "export.csv:2"
    assert first.values == {
        "title": "Why?",
        "answer": "Line one\nline two; still",
        "level": "SENIOR ",
        "tags": ["a", "b"],
        "source_url": "https://example.org",
    }
    assert second.origin == "export.csv:4"


def test_section_columns_and_cells_of_json(tmp_path):
    file = tmp_path / "a.tsv"
    file.write_text(
        'id\ttitle\tsection: Deep dive\tfollow_up_questions\nx\tT\tText\t[{"question": "And?"}]\n',
        encoding="utf-8",
    )

    values = reading_of(file, CSV_OPTIONS).records[0].values

    assert values["sections"] == {"deep_dive": "Text"}
    assert values["follow_up_questions"] == [{"question": "And?"}]


def test_a_row_with_too_many_cells_is_rejected(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("id,title\n1,A,extra\n2,B\n", encoding="utf-8")

    reading = reading_of(file, CSV_OPTIONS)

    assert rejected(reading) == ["a.csv:2  (no id)  It has 3 cells, the heading 2."]
    assert [one.source_id for one in reading.records] == ["2"]


def test_markdown_with_front_matter(tmp_path):
    folder = tmp_path / "notes"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.md").write_text(
        "---\nkind: security_topic\ntitle: T\n---\n\n## Overview\n\nText\n\n"
        "```md\n## not a heading\n```\n\n## Do’s & don’ts\n\nMore\n",
        encoding="utf-8",
    )

    record = reading_of(folder).records[0]

    assert (record.origin, record.source, record.source_id) == ("deep/a.md:1", "notes", "deep/a")
    assert record.values["sections"] == {
        "overview": "Text\n\n```md\n## not a heading\n```",
        "dos_donts": "More",
    }
    assert record.values["section_headings"]["dos_donts"] == "Do’s & don’ts"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "No front matter",
            "a.md:1  (no id)  It does not begin with front matter between --- lines.",
        ),
        ("---\ntitle: [\n---\n", "a.md:3  (no id)  Not valid front matter: "),
        ("---\n- a\n---\n", "a.md:1  (no id)  The front matter is not a list of fields."),
        ("---\na: &x [1]\nb: *x\n---\n", "a.md:1  (no id)  Not valid front matter: "),
        (
            "---\nkind: debug_entry\n---\n## Fix\n\na\n\n## Fix\n\nb\n",
            "a.md:1  (no id)  The section “Fix” is there twice.",
        ),
    ],
)
def test_a_markdown_file_that_is_no_record(tmp_path, text, reason):
    (tmp_path / "a.md").write_text(text, encoding="utf-8")

    assert rejected(reading_of(tmp_path))[0].startswith(reason)


def test_files_that_are_not_text_or_not_known(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"title": "\xff"}\n')
    (tmp_path / "b.docx").write_bytes(b"PK")

    assert rejected(reading_of(tmp_path)) == ["a.jsonl  (no id)  The file is not UTF-8."]
    assert rejected(reading_of(tmp_path / "b.docx")) == [
        "b.docx  (no id)  Files of type .docx are not read."
    ]


def test_a_record_that_does_not_say_what_it_is(read):
    reading = read(
        {"id": "1", "title": "A"}, {"id": "2", "kind": "recipe"}, {"kind": "debug_entry"}
    )

    assert [list(one.reasons) for one in reading.rejections] == [["kind"], ["kind"], ["title"]]


def test_one_kind_only(read):
    reading = read(
        {"id": "1", "kind": "debug_entry"},
        {"id": "2"},
        {"id": "3", "kind": "code-snippet"},
        kind="CODE_SNIPPET",
    )

    assert [one.source_id for one in reading.records] == ["2", "3"]
    assert reading.left_out == 1


def test_the_same_record_twice_in_one_import(read):
    one = {"id": "1", "kind": "debug_entry", "code": "DB-001"}
    reading = read(one, one, {**one, "id": "2"})

    assert len(reading.records) == 1
    assert [one.reasons for one in reading.rejections] == [
        {"record": ["The same record as records.jsonl:1."]},
        {"code": ["records.jsonl:1 has the code DB-001 too."]},
    ]


def test_the_default_language_comes_first(read):
    reading = read(
        {"id": "1", "kind": "debug_entry", "locale": "de"}, {"id": "1", "kind": "debug_entry"}
    )

    assert [one.locale for one in reading.records] == ["en", "de"]
