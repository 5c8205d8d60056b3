"""Every interview question, a page after the other, until there is no next one."""

from collections.abc import Iterator

from request import request

QUESTIONS = """
query Questions($after: String) {
  interviewQuestions(first: 20, after: $after, orderBy: CODE_ASC) {
    pageInfo { hasNextPage endCursor }
    nodes { code title shortAnswer { markdown } }
  }
}
"""


def every_question() -> Iterator[dict]:
    """The questions in the order of their codes."""
    after = None
    while True:
        page = request(QUESTIONS, after=after)["interviewQuestions"]
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


for question in every_question():
    print(f"{question['code']}  {question['title']}")
