"""The GraphQL-over-HTTP specification, as the audits of its reference package check it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

AUDITS = Path(__file__).with_name("graphql_http_audits")


@pytest.fixture(scope="session")
def node():
    """Node.js with the audits installed. Without it: a failure in CI, else a loud skip."""
    try:
        found, npm = shutil.which("node"), shutil.which("npm")
        assert found, "Node.js is not installed"
        assert npm, "npm is not installed"
        if not (AUDITS / "node_modules").exists():
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=AUDITS, capture_output=True, text=True, timeout=300)
            assert done.returncode == 0, f"npm ci failed: {done.stderr[-500:]}"
    except AssertionError as problem:
        message = f"The GraphQL-over-HTTP audits need Node.js and npm: {problem}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_all_61_audits_pass(node, live_server, settings):
    settings.GRAPHQL_SCHEMA = "tests.graphql_api.http.sample_schema.schema"

    done = subprocess.run(
        [node, "run.mjs", f"{live_server.url}/graphql"],
        cwd=AUDITS,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    results = json.loads(done.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == 61
