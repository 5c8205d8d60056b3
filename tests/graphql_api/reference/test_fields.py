"""Root fields and inputs as Markdown."""

from graphql_api.reference.fields import inputs, root_fields

DEFINITION = '''
type Query {
  """All of them."""
  all("What stands in." locale: String = "en"): [Int!]!
  """One."""
  one("Its number." number: Int!, "What stands in." locale: String = "en"): Int
  """Two of
  them."""
  two(by: Choice, "What stands in." locale: String = "en"): Int
  """Some."""
  some("What stands in." locale: String = "en"): Int
  """None."""
  none: Int
}
"""How to choose."""
input Choice {
  """Those that are even."""
  even: Boolean
  odd: [Int!]
}
'''


def test_shared_arguments_are_described_once():
    assert root_fields(DEFINITION, "Query").splitlines()[:4] == [
        "Arguments that many fields take:",
        "",
        '- `locale: String = "en"` What stands in.',
        "",
    ]


def test_a_field_names_all_of_its_arguments():
    text = root_fields(DEFINITION, "Query")

    assert (
        "#### `one`: `Int`\n\nOne.\n\n- `number: Int!` Its number.\n- As above: `locale`." in text
    )
    assert "#### `two`: `Int`\n\nTwo of them.\n\n- `by: Choice`\n- As above: `locale`." in text
    assert text.endswith("#### `none`: `Int`\n\nNone.")


def test_inputs_list_their_fields():
    assert inputs(DEFINITION) == (
        "#### `Choice`\n\nHow to choose.\n\n- `even: Boolean` Those that are even.\n- `odd: [Int!]`"
    )
