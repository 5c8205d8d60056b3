"""Ask Lamplight with nothing but the standard library."""

import json
import os
import time
import urllib.error
import urllib.request
from typing import Any

URL = os.environ.get("LAMPLIGHT_URL", "http://127.0.0.1:8000/graphql")


class ApiError(Exception):
    """The endpoint refused something: ``code`` is for programs, ``request_id`` for a report."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(" ".join(error["message"] for error in errors))
        self.code = errors[0]["extensions"]["code"]
        self.request_id = errors[0]["extensions"]["requestId"]


def request(query: str, **variables: Any) -> dict[str, Any]:
    """The data of an operation. Waits and tries again when there were too many requests."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/graphql-response+json",
    }
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(URL, body, headers)) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as refused:
            if refused.code == 429 and "Retry-After" in refused.headers:
                time.sleep(int(refused.headers["Retry-After"]))
                continue
            answer = json.load(refused)
        if "errors" in answer:
            raise ApiError(answer["errors"])
        return answer["data"]
