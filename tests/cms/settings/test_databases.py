"""``DATABASE_URL`` means a database we run on, or the start says what it must look like."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings.databases import database


@pytest.mark.parametrize(
    "url",
    ["nonsense", "mysql://root@localhost/hub", "oracle://u:secret@h/x", "postgres://h:notaport/x"],
)
def test_another_kind_of_database_is_refused_without_repeating_the_password(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(ImproperlyConfigured) as caught:
        database()

    assert str(caught.value) == (
        "DATABASE_URL must be like postgres://user:password@host:5432/name or "
        "sqlite:////path/to/file."
    )


def test_a_postgresql_url_is_read_in_its_parts(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://ada:secret@db.example:5433/hub")

    config = database()

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert [config[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "ada",
        "secret",
        "db.example",
        5433,
        "hub",
    ]


def test_a_sqlite_url_is_a_file(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/hub.sqlite3")

    config = database()

    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["NAME"] == f"{tmp_path}/hub.sqlite3"
