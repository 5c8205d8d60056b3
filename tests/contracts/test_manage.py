"""``manage.py`` says in one line what keeps every command from running."""

import os
import subprocess
import sys

import pytest

from tests.support.running_server import REPOSITORY, free_port


def refusal(url: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "rebuild_published", "--check"],
        cwd=REPOSITORY,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cms.settings.dev"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr


def test_a_database_url_that_is_none():
    assert refusal("nonsense") == (
        "DATABASE_URL must be like postgres://user:password@host:5432/name or "
        "sqlite:////path/to/file.\n"
    )


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nonexistent/folder/hub.sqlite3",
        pytest.param("postgres://nobody@127.0.0.1:{port}/none", marks=pytest.mark.slow),
    ],
)
def test_a_database_that_does_not_answer(url):
    lines = refusal(url.format(port=free_port())).splitlines()

    # The connection pool writes what it tries to the log, before and after.
    assert "The database cannot be used: check DATABASE_URL and that it runs." in lines
    assert not any("Traceback" in line for line in lines)
