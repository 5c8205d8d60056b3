"""The six requests that are measured: as GraphQL, and as one statement for the floor.

Invariant: both forms of a request name the same rows in the same order; ``checks`` compares
the answers with the content before anything is measured.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.content import LEVELS, TOPICS
from benchmarks.records import Content, Row, is_published

Variables = dict[str, Any]

NAMES = ("list", "bodies", "single", "filtered", "home", "search")

_CARD = "code title technology { name } category { name } level difficulty"
_FULL = f"""{_CARD} shortAnswer {{ text }} deepDive {{ text }} realWorldExample {{ text }}
  commonMistakes {{ text }} productionScenario {{ text }}
  followUpQuestions {{ questions {{ question }} }}"""
_FILTER = """{technology: {eq: $technology}, level: {eq: $level},
  difficulty: {gte: $easiest, lte: $hardest}}"""

_CARD_SQL = """q.code, q.title, json_build_object('name', t.name) AS technology,
  json_build_object('name', c.name) AS category, q.level, q.difficulty"""
_FULL_SQL = f"""{_CARD_SQL}, q.short_answer, q.deep_dive, q.real_world, q.common_mistakes,
  q.production_scenario, q.follow_up_questions"""
_TERMS_SQL = (
    "JOIN floor.technologies t ON t.number = q.technology "
    "JOIN floor.categories c ON c.number = q.category"
)
_FILTER_SQL = """q.published AND t.slug = %(technology)s AND q.level = %(level)s
  AND q.difficulty BETWEEN %(easiest)s AND %(hardest)s"""


def _list_sql(columns: str, size: int) -> str:
    # The page is cut before anything is joined, as a person would write it.
    return f"""(SELECT json_agg(x) FROM (SELECT {columns} FROM (
      SELECT * FROM floor.questions WHERE published ORDER BY difficulty, code
      LIMIT {size} OFFSET %(page)s * {size} - {size}) q {_TERMS_SQL}
      ORDER BY q.difficulty, q.code) x)"""  # noqa: S608 - constants


def _count_sql(table: str) -> str:
    return f"(SELECT count(*) FROM floor.{table} WHERE published)"  # noqa: S608 - constants


def _data_sql(**parts: str) -> str:
    pairs = ", ".join(f"'{name}', {part}" for name, part in parts.items())
    return f"SELECT json_build_object({pairs})::text"


@dataclass(frozen=True)
class Query:
    """One request: ``name``, what it is, its two forms, the values it is repeated with, and the
    codes of the rows that must come back (None: any published ones, by relevance)."""

    name: str
    title: str
    document: str
    sql: str
    variables: tuple[Variables, ...]
    expected: Callable[[Variables], list[str]] | None


class Expected:
    """What the content says must come back."""

    def __init__(self, content: Content) -> None:
        published = [row for row in content["questions"] if is_published(row)]
        self.questions = sorted(published, key=lambda row: (row["difficulty"], row["code"]))
        self.technologies = {row["slug"]: row["number"] for row in content["technologies"]}
        self.viewed = sorted(content["debug_entries"], key=lambda row: -row["views"])
        self.snippets = content["snippets"]

    def page(self, number: int, size: int) -> list[str]:
        """Codes of a page of all questions."""
        return [row["code"] for row in self.questions[(number - 1) * size : number * size]]

    def filtered(self, variables: Variables) -> list[str]:
        """Codes of the third page of ten."""
        return [row["code"] for row in self.matching(variables)[20:30]]

    def matching(self, variables: Variables) -> list[Row]:
        """The questions that the filter lets through."""
        technology, level = self.technologies[variables["technology"]], variables["level"].lower()
        return [
            row
            for row in self.questions
            if row["technology"] == technology
            and row["level"] == level
            and variables["easiest"] <= row["difficulty"] <= variables["hardest"]
        ]

    def filters(self) -> list[Variables]:
        """Every combination that has a third page."""
        found = []
        for technology in self.technologies:
            for level, (_, easiest, hardest) in LEVELS.items():
                for less, more in ((0, 0), (0, 1), (1, 0)):
                    low, high = easiest + more, hardest - less
                    variables = {"technology": technology, "level": level.upper()}
                    variables |= {"easiest": low, "hardest": high}
                    if len(self.matching(variables)) >= 30:
                        found.append(variables)
        return found

    def home(self, variables: Variables) -> list[str]:
        """Codes of the three lists of the home page, one after the other."""
        viewed = [row["code"] for row in self.viewed[:6]]
        snippets = [row["code_id"] for row in self.snippets[:4]]
        return self.page(variables["page"], 10) + viewed + snippets


def queries(content: Content) -> list[Query]:
    """All six, their values in an order of no meaning."""
    expected = Expected(content)
    pages = [{"page": number} for number in range(1, 51)]
    # As many as are asked for within one run, so that the row from memory is answered from it.
    codes = [{"code": row["code"]} for row in Random(2).sample(expected.questions, 200)]  # noqa: S311
    return [
        Query(
            "list",
            "20 of 3,500 questions, with the total",
            f"""query List($page: Int!) {{ interviewQuestions(
              page: $page, perPage: 20, orderBy: DIFFICULTY_ASC) {{
              totalCount nodes {{ {_CARD} }} }} }}""",
            _data_sql(nodes=_list_sql(_CARD_SQL, 20), total=_count_sql("questions")),
            shuffled(pages),
            lambda variables: expected.page(variables["page"], 20),
        ),
        Query(
            "bodies",
            "the same 20 with all their texts",
            f"""query Bodies($page: Int!) {{ interviewQuestions(
              page: $page, perPage: 20, orderBy: DIFFICULTY_ASC) {{ nodes {{ {_FULL} }} }} }}""",
            _data_sql(nodes=_list_sql(_FULL_SQL, 20)),
            shuffled(pages),
            lambda variables: expected.page(variables["page"], 20),
        ),
        Query(
            "single",
            "one question by its code, with all its texts",
            f"query Single($code: String!) {{ interviewQuestion(code: $code) {{ {_FULL} }} }}",
            _data_sql(
                nodes=f"""(SELECT json_agg(x) FROM (SELECT {_FULL_SQL} FROM floor.questions q
                {_TERMS_SQL} WHERE q.published AND q.code = %(code)s) x)"""  # noqa: S608
            ),
            shuffled(codes),
            lambda variables: [variables["code"]],
        ),
        Query(
            "filtered",
            "technology, level and difficulties; the third page of 10, with the total",
            f"""query Filtered(
              $technology: String!, $level: Level!, $easiest: Int!, $hardest: Int!) {{
              interviewQuestions(
              page: 3, perPage: 10, orderBy: DIFFICULTY_ASC, filter: {_FILTER}) {{
              totalCount nodes {{ {_CARD} }} }} }}""",
            _data_sql(
                nodes=f"""(SELECT json_agg(x) FROM (SELECT {_CARD_SQL} FROM floor.questions q
                {_TERMS_SQL} WHERE {_FILTER_SQL} ORDER BY q.difficulty, q.code
                LIMIT 10 OFFSET 20) x)""",  # noqa: S608
                total=f"""(SELECT count(*) FROM floor.questions q {_TERMS_SQL}
                WHERE {_FILTER_SQL})""",  # noqa: S608
            ),
            shuffled(expected.filters()),
            expected.filtered,
        ),
        Query(
            "home",
            "a home page: 10 questions, the 6 most viewed errors, 4 snippets, three totals",
            f"""query Home($page: Int!) {{
              interviewQuestions(page: $page, perPage: 10, orderBy: DIFFICULTY_ASC) {{
                totalCount nodes {{ {_CARD} }} }}
              debugEntries(first: 6, orderBy: VIEW_COUNT_DESC) {{ totalCount nodes {{
                code title errorMessages technology {{ name }} errorKind viewCount }} }}
              codeSnippets(first: 4, orderBy: CODE_ASC) {{ totalCount nodes {{
                code title language snippetKind description {{ text }} }} }} }}""",
            _data_sql(
                nodes=_list_sql(_CARD_SQL, 10),
                total=_count_sql("questions"),
                errors="""(SELECT json_agg(x) FROM (SELECT q.code, q.title, q.error_message,
                json_build_object('name', t.name) AS technology, q.kind, q.views
                FROM floor.debug_entries q JOIN floor.technologies t ON t.number = q.technology
                WHERE q.published ORDER BY q.views DESC LIMIT 6) x)""",
                errors_total=_count_sql("debug_entries"),
                snippets="""(SELECT json_agg(x) FROM (SELECT code_id AS code, title, language, kind,
                description FROM floor.snippets WHERE published ORDER BY code_id LIMIT 4) x)""",
                snippets_total=_count_sql("snippets"),
            ),
            shuffled(pages),
            expected.home,
        ),
        Query(
            "search",
            "20 questions for two words: ours by relevance, the floor's by a substring",
            """query Search($words: String!) { search(
              query: $words, first: 20, filter: {kind: {eq: INTERVIEW_QUESTION}}) { nodes { entry {
              code title technology { name } ... on InterviewQuestion {
              category { name } level difficulty } } } } }""",
            _data_sql(
                nodes=f"""(SELECT json_agg(x) FROM (SELECT {_CARD_SQL} FROM floor.questions q
                {_TERMS_SQL} WHERE q.published AND (q.title ILIKE '%%' || %(words)s || '%%'
                OR q.short_answer ILIKE '%%' || %(words)s || '%%'
                OR q.deep_dive ILIKE '%%' || %(words)s || '%%') ORDER BY q.number LIMIT 20) x)"""  # noqa: S608
            ),
            shuffled([{"words": topic} for topic in TOPICS]),
            None,
        ),
    ]


def shuffled(values: list[Variables]) -> tuple[Variables, ...]:
    """The values in an order of no meaning, the same in every run."""
    return tuple(Random(1).sample(values, len(values)))  # noqa: S311 - no secret
