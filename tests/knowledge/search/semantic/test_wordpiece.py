"""Text becomes the pieces that the model knows."""

import pytest

from knowledge.search.semantic.wordpiece import WordPieces

VOCABULARY = {
    piece: number
    for number, piece in enumerate(
        ["[UNK]", "[CLS]", "[SEP]", "dead", "##lock", "##s", "cafe", "(", ")", ".", "中", "a"]
    )
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("deadlocks", ["dead", "##lock", "##s"]),
        ("Café.", ["cafe", "."]),
        ("dead(a)", ["dead", "(", "a", ")"]),
        ("a中a", ["a", "中", "a"]),
        ("a\x00\ufffda\tdead", ["[UNK]", "dead"]),
        ("zebra dead", ["[UNK]", "dead"]),
        ("d" * 101, ["[UNK]"]),
        ("", []),
    ],
)
def test_pieces(text, expected):
    names = list(VOCABULARY)

    found = WordPieces(VOCABULARY).ids(text, 100)

    assert [names[number] for number in found] == ["[CLS]", *expected, "[SEP]"]


def test_a_long_text_is_cut_between_the_marks():
    assert WordPieces(VOCABULARY).ids("dead " * 50, 5) == [1, 3, 3, 3, 2]
