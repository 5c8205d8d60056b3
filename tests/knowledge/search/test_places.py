"""What is written of where words stand is what ranking reads."""

import pytest

from knowledge.search.places import (
    BLOCK_LENGTH,
    digest_of,
    places_of,
    read_group,
    tag_of,
    weight_at,
)

EMPTY = ([], [])


def entry(places: str, term: str) -> str:
    """What is written of a term."""
    return places.split(f" {term}=")[1].split(" ")[0]


def written(body=EMPTY, *, title=EMPTY, names=EMPTY, lead=EMPTY, wholes=EMPTY, **weights) -> str:
    weights = {f"w:{term}": weight for term, weight in weights.items()}
    return places_of([title, names, lead, body, wholes], weights)


def test_a_word_is_counted_in_title_names_and_lead():
    zebra = (["zebra"], ["zebra"])

    places = written(title=zebra, names=zebra, lead=zebra)

    assert read_group(entry(places, "zebra")[2:]) == (1, 1, 1, ())


def test_the_blocks_of_the_body_are_numbered():
    body = [*["zebra", "zebra"], *["lion"] * (5 * BLOCK_LENGTH), "zebra"]

    places = written((body, body))

    assert read_group(entry(places, "zebra")[2:]) == (0, 0, 0, (0, 0, 5))


@pytest.mark.parametrize("block", [85, 86, 87, 172, 199])
def test_a_block_far_from_the_last_is_found(block):
    body = [*["lion"] * (block * BLOCK_LENGTH), "zebra"]

    places = written((body, body))

    assert read_group(entry(places, "zebra")[2:])[3] == (block,)


@pytest.mark.parametrize("weight", [1, 86, 87, 1000])
def test_the_weight_is_that_of_the_posting(weight):
    places = written((["zebra"], ["zebra"]), zebra=weight)

    assert weight_at(places, places.index("zebra=") + len("zebra=")) == weight


def test_words_of_one_stem_are_told_apart():
    places = written((["orders", "ordered"], ["order", "order"]))

    groups = entry(places, "order")[2:].split(",")
    assert {group[0] for group in groups} == {tag_of("orders"), tag_of("ordered")}


def test_the_beginning_is_the_first_words_of_the_lead():
    words = [*["lion"] * 60, "zebra"]

    places = written(lead=(words, words))

    assert places.startswith("0,60 ")
    assert "zebra" not in places


def test_stop_words_are_placed_in_titles_only():
    this = (["this"], ["this"])

    assert " this=" not in written(this, lead=this)
    assert read_group(entry(written(this, title=this), "this")[2:]) == (1, 0, 0, ())


def test_names_written_as_one_count_as_names():
    places = written(wholes=(["os.path.join"], ["os.path.join"]))

    assert read_group(entry(places, "os.path.join")[2:]) == (0, 1, 0, ())


def test_keys_of_vocabularies_have_a_weight_alone():
    places = places_of([EMPTY] * 5, {"f:ab12": 500, "t:zebra": 3, "e:zebra": 3})

    assert places == "0,0 f:ab12=5& "


def test_a_digest_tells_places_apart_and_is_never_none():
    assert digest_of("1,1 a=00 ") == digest_of("1,1 a=00 ")
    assert digest_of("1,1 a=00 ") != digest_of("1,1 b=00 ")
    assert 0 < digest_of("") < 2**63
