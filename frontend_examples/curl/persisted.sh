#!/bin/sh
# Send the text of an operation once; from then on its SHA-256 is enough.
set -eu
url=${LAMPLIGHT_URL:-http://127.0.0.1:8000/graphql}
query='{ interviewQuestions(first: 1) { totalCount } }'
hash=$(printf '%s' "$query" | sha256sum | cut -d ' ' -f 1)
extensions="{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"$hash\"}}"

ask() {
  curl --silent --show-error --get "$url" \
    --header 'Accept: application/graphql-response+json' \
    --data-urlencode "extensions=$extensions" "$@"
  echo
}

ask --data-urlencode "query=$query"
ask
