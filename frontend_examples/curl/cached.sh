#!/bin/sh
# Ask by GET, then ask again with the ETag: the second answer is 304 and has no body.
set -eu
url=${LAMPLIGHT_URL:-http://127.0.0.1:8000/graphql}
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

ask() {
  curl --silent --show-error --get "$url" \
    --header 'Accept: application/graphql-response+json' \
    --data-urlencode 'query={ technologies { slug label } }' \
    --output /dev/null --write-out '%{http_code}\n' "$@"
}

ask --dump-header "$headers"
etag=$(sed -n 's/^etag: *//Ip' "$headers" | tr -d '\r')
ask --header "If-None-Match: $etag"
