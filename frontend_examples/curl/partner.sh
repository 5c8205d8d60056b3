#!/bin/sh
# Ask with a partner's key: LAMPLIGHT_KEY is what the admin showed once.
set -eu
url=${LAMPLIGHT_URL:-http://127.0.0.1:8000/graphql}

curl --silent --show-error "$url" \
  --header "Authorization: Bearer ${LAMPLIGHT_KEY:?set LAMPLIGHT_KEY to your API key}" \
  --header 'Content-Type: application/json' \
  --data '{"query": "{ viewer { name keyPrefix expiresAt } interviewQuestions(first: 1) { totalCount } }"}'
