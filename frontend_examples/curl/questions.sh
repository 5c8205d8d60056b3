#!/bin/sh
# Five senior questions about Python, the easiest first.
set -eu
url=${LAMPLIGHT_URL:-http://127.0.0.1:8000/graphql}

curl --silent --show-error "$url" \
  --header 'Content-Type: application/json' \
  --header 'Accept: application/graphql-response+json' \
  --data @- <<'JSON'
{
  "query": "query Senior($filter: InterviewQuestionFilter) { interviewQuestions(first: 5, filter: $filter, orderBy: DIFFICULTY_ASC) { totalCount nodes { code title difficulty } } }",
  "variables": { "filter": { "level": { "in": ["SENIOR"] }, "technology": { "eq": "python" } } }
}
JSON
