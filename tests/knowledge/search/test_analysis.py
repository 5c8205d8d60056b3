"""What is written as code is found whole and by part; words are found in any inflection."""

import pytest

from knowledge.search import analysis


@pytest.mark.parametrize(
    ("written", "words", "whole"),
    [
        ("useState", ("use", "state"), "usestate"),
        ("ERR_MODULE_NOT_FOUND", ("err", "module", "not", "found"), "err_module_not_found"),
        ("os.path.join", ("os", "path", "join"), "os.path.join"),
        ("std::vector", ("std", "vector"), "std::vector"),
        ("$conn", ("conn",), "$conn"),
        ("E0382", ("e0382",), ""),
        ("C++", ("c",), "c++"),
        ("C#", ("c",), "c#"),
        (".NET", ("net",), ".net"),
        ("XMLHttpRequest", ("xml", "http", "request"), "xmlhttprequest"),
        ("Straße", ("strasse",), ""),
        ("naïve", ("naive",), ""),
    ],
)
def test_a_token_has_its_words_and_its_whole_form(written, words, whole):
    (token,) = analysis.tokens(written)

    assert (token.words, token.whole) == (words, whole)


def test_spans_point_into_the_text():
    text = "the  useState hook"

    assert [text[token.start : token.end] for token in analysis.tokens(text)] == [
        "the",
        "useState",
        "hook",
    ]


def test_scripts_without_spaces_are_cut_into_characters():
    assert analysis.words("日本語") == ["日", "本", "語"]


@pytest.mark.parametrize("text", ["", " ", "\x00", '"""', "()[]{}", "🙂", "* AND OR NOT"])
def test_any_text_can_be_analysed(text):
    assert isinstance(analysis.words(text), list)


def test_inflections_share_a_stem():
    assert analysis.stem("dependencies") == analysis.stem("dependency")


def test_stems_follow_the_language():
    assert analysis.stem("häuser", "de") == analysis.stem("haus", "de")


def test_identifiers_keep_their_digits():
    assert analysis.stem("oauth2") == "oauth2"
