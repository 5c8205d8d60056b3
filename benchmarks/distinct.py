"""Requests of which no two are the same, as a worker on the open internet sees them.

Invariant: the same requests in every run, all valid and all within the limits.
"""

import json
from collections.abc import Callable, Iterator
from random import Random

from benchmarks.content import (
    CATEGORIES,
    LEVELS,
    PUBLISHED_QUESTIONS,
    QUALITIES,
    TECHNOLOGIES,
    THINGS,
    made_content,
)
from benchmarks.queries import Variables, queries
from graphql_api.cursors import encode_cursor

# Of a hundred requests.
_SHARES = {"document": 40, "page": 17, "filter": 17, "cursor": 12, "code": 12, "search": 2}
_SECTIONS = ("shortAnswer", "deepDive", "realWorldExample", "commonMistakes", "productionScenario")
_PLAIN = ("code", "title", "slug", "path", "level", "difficulty", "publishedAt", "updatedAt")
_TERMS = ("technology { name slug }", "category { name }", "topics { name }")
_FORMS = ("text", "html", "markdown")
_LISTS = ("interviewQuestions", "debugEntries", "codeSnippets", "entries")
_CARD = "code title technology { name } category { name } level difficulty"

_PAGE = f"""query Page($page: Int!, $size: Int!, $order: InterviewQuestionOrder) {{
  interviewQuestions(page: $page, perPage: $size, orderBy: $order) {{
  totalCount nodes {{ {_CARD} }} }} }}"""
_FILTERED = f"""query Filtered($filter: InterviewQuestionFilter, $size: Int!) {{
  interviewQuestions(first: $size, filter: $filter) {{ totalCount nodes {{ {_CARD} }} }} }}"""
_AFTER = f"""query After($after: String!, $size: Int!) {{
  interviewQuestions(first: $size, after: $after, orderBy: DIFFICULTY_ASC) {{
  nodes {{ {_CARD} }} }} }}"""
_SEARCH = """query Search($words: String!) { search(query: $words, first: 10) {
  nodes { entry { code title } } } }"""


class Requests:
    """Makes the bodies of requests; ``number`` is how many were made."""

    def __init__(self, seed: int = 1) -> None:
        self.number = 0
        self._random = Random(seed)  # noqa: S311 - no secret
        self._single = next(one.document for one in queries(made_content()) if one.name == "single")
        self._makers: dict[str, Callable[[], bytes]] = {
            "document": self._document,
            "page": self._page,
            "filter": self._filter,
            "cursor": self._cursor,
            "code": self._code,
            "search": self._search,
        }
        self._seen: set[int] = set()

    def __iter__(self) -> Iterator[bytes]:
        names, weights = list(_SHARES), list(_SHARES.values())
        while True:
            body = self._makers[self._random.choices(names, weights)[0]]()
            if hash(body) in self._seen:
                continue
            self._seen.add(hash(body))
            self.number += 1
            yield body

    def _document(self) -> bytes:
        """A text that was never sent: other fields, under names of its own."""
        random = self._random
        name = random.choice(_LISTS)
        fields = random.sample(_PLAIN[:4], random.randint(1, 4))
        if name == "interviewQuestions":
            fields = random.sample(_PLAIN, random.randint(2, len(_PLAIN)))
            fields += random.sample(_TERMS, random.randint(0, 3))
            fields += [
                f"a{random.randrange(1_000_000)}: {section} {{ {random.choice(_FORMS)} }}"
                for section in random.sample(_SECTIONS, random.randint(0, 3))
            ]
        alias = f"list{random.randrange(1_000_000_000)}"
        return asked(
            f"{{ {alias}: {name}(first: {random.randint(1, 10)}) {{"
            f" totalCount nodes {{ {' '.join(fields)} }} }} }}"
        )

    def _page(self) -> bytes:
        random = self._random
        size = random.randint(1, 40)
        order = random.choice(("LEVEL", "DIFFICULTY", "CODE", "TITLE", "PUBLISHED_AT"))
        page = random.randint(1, PUBLISHED_QUESTIONS // size)
        order = f"{order}_{random.choice(('ASC', 'DESC'))}"
        return asked(_PAGE, page=page, size=size, order=order)

    def _filter(self) -> bytes:
        random = self._random
        lowest = random.randint(1, 8)
        chosen: Variables = {
            "technology": {"in": some(random, TECHNOLOGIES, 3)},
            "category": {"in": some(random, CATEGORIES, 3)},
            "level": {"in": [one.upper() for one in random.sample(tuple(LEVELS), 2)]},
            "difficulty": {"gte": lowest, "lte": random.randint(lowest, 10)},
        }
        chosen = dict(random.sample(sorted(chosen.items()), random.randint(1, 4)))
        return asked(_FILTERED, filter=chosen, size=random.randint(1, 20))

    def _cursor(self) -> bytes:
        random = self._random
        technology = random.choice(TECHNOLOGIES).upper()
        place = [random.randint(1, 10), f"{technology}-MID-{random.randrange(1000):03d}"]
        place.append(random.randrange(10_000))
        cursor = encode_cursor("InterviewQuestionConnection", "DIFFICULTY_ASC", place)
        return asked(_AFTER, after=cursor, size=random.randint(1, 20))

    def _code(self) -> bytes:
        """Some of them lead nowhere: people follow old links."""
        random = self._random
        part = random.choice(("JR", "MID", "SR", "AR"))
        technology = random.choice(TECHNOLOGIES).upper()
        return asked(self._single, code=f"{technology}-{part}-{random.randrange(1000):03d}")

    def _search(self) -> bytes:
        random = self._random
        return asked(_SEARCH, words=f"{random.choice(QUALITIES)} {random.choice(THINGS)}")


def asked(document: str, **variables: object) -> bytes:
    """The body of a request."""
    return json.dumps({"query": document, "variables": variables}).encode()


def some(random: Random, names: tuple[str, ...], most: int) -> list[str]:
    """The slugs of one to ``most`` terms."""
    return [name.lower() for name in random.sample(names, random.randint(1, most))]
