"""The same with the gql package, which checks the operation before it is sent.

``python -m pip install "gql[requests]"``
"""

import os

from gql import Client, GraphQLRequest
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport

URL = os.environ.get("LAMPLIGHT_URL", "http://127.0.0.1:8000/graphql")

PATHS = """
query Paths($locale: String) {
  learningPaths(first: 5, locale: $locale) {
    totalCount
    nodes { code title level modules { title } }
  }
}
"""

transport = RequestsHTTPTransport(url=URL, timeout=10)
with Client(transport=transport, fetch_schema_from_transport=True) as session:
    english = GraphQLRequest(PATHS, variable_values={"locale": "en"})
    for path in session.execute(english)["learningPaths"]["nodes"]:
        print(f"{path['code']}  {path['title']}: {len(path['modules'])} modules")
    klingon = GraphQLRequest(PATHS, variable_values={"locale": "tlh"})
    try:
        session.execute(klingon)
    except TransportQueryError as error:
        print(f"Klingon is refused: {error.errors[0]['extensions']['code']}")
