"""A body is split without loss, and numbers its parts in the order of the document."""

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.publishing.parts import Parts, merged, split
from knowledge.demo.loading import load_entries
from knowledge.kinds import Kind
from knowledge.models import PublishedEntry
from tests.factories import entries

FORMS = {"html": "<p>1</p>", "markdown": "1", "text": "1"}
SECTION = {"name": "USAGE", **FORMS, "blocks": [{"type": "TEXT", **FORMS}], "questions": []}

KEYS = st.sampled_from(["html", "markdown", "text", "blocks", "name", "sections"]) | st.text(
    max_size=3
).filter(lambda key: key != "part")
LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4)


def with_forms(rest: dict, forms: list[str], place: int, blocks: list | None) -> dict:
    """``rest`` with forms put in at ``place``, as the renderer writes them."""
    own = [(key, value) for key, value in rest.items() if key not in FORMS and key != "blocks"]
    given = list(zip(FORMS, forms, strict=True))
    if blocks is not None:
        given.append(("blocks", blocks))
    return dict([*own[:place], *given, *own[place:]])


def containers(values: st.SearchStrategy) -> st.SearchStrategy:
    rest = st.dictionaries(KEYS, values, max_size=4)
    return (
        st.lists(values, max_size=4)
        | rest
        | st.builds(
            with_forms,
            rest,
            st.lists(st.text(max_size=3), min_size=3, max_size=3),
            st.integers(0, 4),
            st.none() | st.lists(values, max_size=2),
        )
    )


BODIES = st.dictionaries(KEYS, st.recursive(LEAVES, containers, max_leaves=12), max_size=4)


# On a busy machine making an input may take its time: that says nothing of the code.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES)
def test_a_body_split_and_stored_merges_to_itself_with_its_keys_in_order(body):
    stored = [orjson.loads(orjson.dumps(column)) for column in split(body)]

    assert orjson.dumps(merged(Parts(*stored))) == orjson.dumps(body)


def test_the_forms_of_a_part_go_and_its_number_stands_where_they_stood():
    assert split({"sections": [SECTION], "seo": None}) == Parts(
        outline={"sections": [{"name": "USAGE", "part": 0, "questions": []}], "seo": None},
        html_parts=["<p>1</p>"],
        markdown_parts=["1"],
        text_parts=["1"],
        block_parts=[[{"type": "TEXT", **FORMS}]],
    )


def test_a_part_without_blocks_has_none_and_one_with_none_has_an_empty_list():
    body = {"lead": FORMS, "sections": [{**FORMS, "blocks": []}]}

    assert split(body).block_parts == [None, []]
    assert merged(split(body)) == body


def test_parts_are_numbered_as_they_come_depth_first():
    def form(text):
        return {"html": text, "markdown": text, "text": text}

    body = {
        "first": form("a"),
        "steps": [{"text": form("b")}, {**form("c"), "questions": [form("d")]}],
        "last": form("e"),
    }

    assert split(body).outline == {
        "first": {"part": 0},
        "steps": [{"text": {"part": 1}}, {"part": 2, "questions": [{"part": 3}]}],
        "last": {"part": 4},
    }
    assert split(body).text_parts == ["a", "b", "c", "d", "e"]


def test_a_body_without_parts_has_empty_lists():
    assert split({"related": [], "seo": {"title": "x", "text": "y"}}) == Parts(
        {"related": [], "seo": {"title": "x", "text": "y"}}, [], [], [], []
    )


@pytest.mark.parametrize(
    "value",
    [
        {"text": "1", "markdown": "1", "html": "1"},
        {"html": "1", "name": "x", "markdown": "1", "text": "1"},
        {"html": "1", "markdown": None, "text": "1"},
        {"blocks": [], "html": "1", "markdown": "1", "text": "1"},
        {"html": "1", "markdown": "1", "text": "1", "blocks": None},
    ],
)
def test_what_could_not_be_put_back_in_its_place_stays(value):
    assert split({"lead": value}) == Parts({"lead": value}, [], [], [], [])


def test_the_body_is_left_as_it_was():
    body = {"sections": [{**SECTION}]}
    split(body)

    assert body == {"sections": [SECTION]}


def test_a_key_named_part_is_refused():
    with pytest.raises(ValueError, match="'part'"):
        split({"sections": [{"part": 3}]})


@pytest.mark.django_db
def test_a_document_gives_back_the_body_it_was_given():
    entry = entries.published(entries.question())
    stored = PublishedEntry.objects.get(pk=entry.pk)

    assert stored.body == entry.render_document().body
    assert stored.outline["sections"] == [{"name": "DEEP_DIVE", "heading": "Deep dive", "part": 1}]
    assert stored.text_parts == ["By declaring what is needed.", "The framework resolves it."]


@pytest.mark.django_db
@pytest.mark.slow
def test_no_kind_of_the_demonstration_keeps_a_form_in_its_outline():
    load_entries()
    kinds = set()

    for document in PublishedEntry.objects.all():
        kinds.add(document.kind)
        assert not list(forms_left(document.outline)), document
        assert document.html_parts, document

    assert kinds == set(Kind.values)


def forms_left(value):
    """The dictionaries that still hold all three forms of a text."""
    if isinstance(value, dict):
        if set(FORMS) <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from forms_left(one)
