"""``DATABASE_URL`` chooses the database; without it, SQLite under ``var/``."""

from typing import Any
from urllib.parse import quote

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from cms.settings import env

# One writer at a time is SQLite's rule; taking the write lock at BEGIN turns the
# "database is locked" of an upgraded read transaction into an orderly wait.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-16000;"
    ),
}

# A request gives up waiting before its own time is over. The pool doubles the pause between
# its attempts to connect; giving up early makes it begin anew, so that it notices within
# seconds that the server is back, however long it was away.
_POOL_SECONDS = {"timeout": 3, "reconnect_timeout": 3}


# Statements of the delivery path are prepared by the server once; a connection pooler that
# hands each transaction another connection, and does not know of them, needs this off.
DATABASE_PREPARED_STATEMENTS = env.boolean("DATABASE_PREPARED_STATEMENTS", True)


def parsed(url: str) -> dict[str, Any]:
    """What ``url`` says. Raises ``ImproperlyConfigured`` for another kind of database."""
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError:
        config = {}
    if not config.get("ENGINE", "").endswith(("sqlite3", "postgresql")):
        # Not repeated here: it may hold a password.
        raise ImproperlyConfigured(
            "DATABASE_URL must be like postgres://user:password@host:5432/name or "
            "sqlite:////path/to/file."
        )
    return config


def database() -> dict[str, Any]:
    """The ``default`` entry of ``DATABASES``."""
    url = env.text("DATABASE_URL", f"sqlite:///{quote(str(env.VAR / 'lamplight.sqlite3'))}")
    config = parsed(url)
    options = dict(config.get("OPTIONS") or {})
    if config["ENGINE"].endswith("sqlite3"):
        env.VAR.mkdir(exist_ok=True)
        config["OPTIONS"] = {**_SQLITE_OPTIONS, **options}
    elif config["ENGINE"].endswith("postgresql"):
        size = env.integer("DATABASE_POOL_SIZE", 8)
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {
            "pool": {"min_size": 1, "max_size": size, **_POOL_SECONDS} if size else False,
            **options,
        }
    return config
