"""The examples for front ends run as they stand, from their own folders."""

import json
import os
import subprocess
import sys

import pytest

from tests.support.running_server import REPOSITORY

pytestmark = [pytest.mark.server, pytest.mark.slow]

EXAMPLES = REPOSITORY / "frontend_examples"
TRACE = """Traceback (most recent call last):
  File "/srv/app/main.py", line 3, in <module>
    import requests
ModuleNotFoundError: No module named 'requests'
"""
KEY = """
from cms.access.models import ApiKey
key = ApiKey(name="Example partner")
token = key.issue()
key.save()
print(token)
"""


@pytest.fixture
def say(demo_server):
    """``say("curl", "sh", "questions.sh")``: what the example prints."""

    def run(folder: str, *command: str, stdin: str = "", **environment: str) -> str:
        done = subprocess.run(
            command,
            cwd=EXAMPLES / folder,
            env={**os.environ, "LAMPLIGHT_URL": demo_server.graphql, **environment},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    return run


def test_curl_reads_filtered_questions(say):
    found = json.loads(say("curl", "sh", "questions.sh"))["data"]["interviewQuestions"]

    assert found["totalCount"] >= 1
    assert all("-SR-" in node["code"] for node in found["nodes"])


def test_curl_is_told_that_nothing_changed(say):
    assert say("curl", "sh", "cached.sh").split() == ["200", "304"]


def test_curl_names_a_persisted_operation_by_its_hash(say):
    taught, named = say("curl", "sh", "persisted.sh").splitlines()

    assert json.loads(named)["data"] == json.loads(taught)["data"]


def test_curl_asks_as_a_partner(say, demo_server):
    token = demo_server.shell(KEY)

    answer = json.loads(say("curl", "sh", "partner.sh", LAMPLIGHT_KEY=token))

    assert answer["data"]["viewer"]["name"] == "Example partner"


def test_javascript_reads_every_question(say, node_with_clients):
    codes = [
        line.split()[0] for line in say("javascript", "node", "every-question.js").splitlines()
    ]

    assert len(set(codes)) == len(codes) >= 30


def test_javascript_searches(say, node_with_clients):
    first, *hits = say("javascript", "node", "search.js", "deadlock").splitlines()

    assert first.endswith('results fit "deadlock".')
    assert any("*deadlock*" in line.lower() for line in hits)


def test_javascript_looks_up_an_error(say, node_with_clients):
    said = say("javascript", "node", "lookup-error.js", stdin=TRACE).splitlines()

    assert said[0].startswith("PY-007  ")


def test_python_reads_every_question(say):
    said = say("python", sys.executable, "every_question.py").splitlines()

    assert len({line.split()[0] for line in said}) == len(said) >= 30


def test_python_follows_changes(say):
    before = say("python", sys.executable, "follow_changes.py").split()[-1]

    assert say("python", sys.executable, "follow_changes.py", before) == f"Go on from: {before}\n"


def test_python_with_gql_reads_learning_paths(say):
    said = say("python", sys.executable, "with_gql.py").splitlines()

    assert said[-1] == "Klingon is refused: UNKNOWN_LOCALE"
    assert said[0].endswith(" modules")
