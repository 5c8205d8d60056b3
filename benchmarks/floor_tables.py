"""The content in plain tables, as somebody would keep it who needs no CMS.

Invariant: what a list orders or filters by has an index; nothing is stored twice.
"""

import json
from typing import Any

from django.db import connection

from benchmarks.records import Content, Row, is_published

TABLES = """
DROP SCHEMA IF EXISTS floor CASCADE;
CREATE SCHEMA floor;
CREATE TABLE floor.technologies (number int PRIMARY KEY, name text, slug text UNIQUE);
CREATE TABLE floor.categories (number int PRIMARY KEY, name text, slug text UNIQUE);
CREATE TABLE floor.questions (
  number int PRIMARY KEY, code text COLLATE "C" UNIQUE, title text, short_answer text,
  deep_dive text, real_world text, common_mistakes text, production_scenario text,
  follow_up_questions json, technology int REFERENCES floor.technologies,
  category int REFERENCES floor.categories, level text, difficulty int, published boolean);
CREATE TABLE floor.debug_entries (
  number int PRIMARY KEY, code text COLLATE "C" UNIQUE, title text, error_message text,
  technology int REFERENCES floor.technologies, kind text, root_cause text, fix text,
  views int, published boolean);
CREATE TABLE floor.snippets (
  number int PRIMARY KEY, code_id text COLLATE "C" UNIQUE, title text, language text, kind text,
  description text, code text, published boolean);
CREATE INDEX ON floor.questions (difficulty, code) WHERE published;
CREATE INDEX ON floor.questions (technology, level, difficulty, code) WHERE published;
CREATE INDEX ON floor.debug_entries (views DESC) WHERE published;
"""


def fill(content: Content) -> None:
    """Make the tables anew from ``content``."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for name, rows in content.items():
            columns = [column for column in rows[0] if column != "status"]
            names = [*columns, "published"] if "status" in rows[0] else columns
            statement = f"COPY floor.{name} ({', '.join(names)}) FROM STDIN"
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(values_of(row, columns))
        cursor.execute("VACUUM ANALYZE")


def values_of(row: Row, columns: list[str]) -> list[Any]:
    """The values of a row as PostgreSQL reads them."""
    values = [row[column] for column in columns]
    values = [json.dumps(value) if isinstance(value, list) else value for value in values]
    return [*values, is_published(row)] if "status" in row else values
