"""A small schema with one field for each way a request can go."""

import time

import graphene
from django.db import OperationalError, connection

from graphql_api.errors import ApiError, ErrorCode


class Node(graphene.ObjectType):
    """Something that nests."""

    name = graphene.String()
    child = graphene.Field(lambda: Node)
    children = graphene.List(lambda: Node)
    required = graphene.NonNull(graphene.String)

    def resolve_child(self, info):
        return Node(name="child")

    def resolve_children(self, info):
        return [Node(name="first"), Node(name="second")]

    def resolve_required(self, info):
        return None


class NodeConnection(graphene.ObjectType):
    """A list in pages."""

    nodes = graphene.List(Node)
    total_count = graphene.Int()


class Level(graphene.Enum):
    """An enum, so that a wrong value could be answered with a suggestion."""

    JUNIOR = "junior"
    SENIOR = "senior"


class Picky(graphene.Scalar):
    """A scalar whose parser fails with an exception of its own."""

    @staticmethod
    def parse_value(value):
        raise RuntimeError("secret parser detail")

    @staticmethod
    def parse_literal(node, variable_values=None):
        raise RuntimeError("secret parser detail")


class Query(graphene.ObjectType):
    """Reads."""

    greeting = graphene.String(name_=graphene.String(name="name"), required=True)
    node = graphene.Field(Node)
    nodes = graphene.List(Node, ids=graphene.List(graphene.NonNull(graphene.ID)))
    pages = graphene.Field(
        NodeConnection,
        first=graphene.Int(),
        last=graphene.Int(),
        per_page=graphene.Int(),
    )
    count = graphene.Int(at=graphene.Int())
    level = graphene.String(of=Level())
    picky = graphene.String(value=Picky())
    refused = graphene.String()
    broken = graphene.String()
    broken_number = graphene.Int()
    forbidden_null = graphene.NonNull(graphene.String)
    database_gone = graphene.String()
    database_gone_slowly = graphene.String()
    slow_statement = graphene.Int()
    statement_timeout = graphene.String()
    one_row = graphene.Int()

    def resolve_greeting(self, info, name_="you"):
        return f"Hello, {name_}"

    def resolve_node(self, info):
        return Node(name="root")

    def resolve_nodes(self, info, ids=()):
        return [Node(name=key) for key in ids]

    def resolve_pages(self, info, first=None, last=None, per_page=None):
        size = first or last or per_page or 0
        return NodeConnection(nodes=[Node(name=str(n)) for n in range(size)], total_count=size)

    def resolve_count(self, info, at=0):
        return at

    def resolve_level(self, info, of=None):
        return str(of)

    def resolve_refused(self, info):
        raise ApiError(ErrorCode.UNKNOWN_LOCALE, "There is no such language.", locale="xx")

    def resolve_broken(self, info):
        raise RuntimeError("secret detail of /srv/lamplight and column password")

    def resolve_broken_number(self, info):
        return "secret text that is no number"

    def resolve_forbidden_null(self, info):
        return None

    def resolve_database_gone(self, info):
        raise OperationalError("connection to server at 10.0.0.1 failed")

    def resolve_database_gone_slowly(self, info):
        time.sleep(0.2)
        raise OperationalError("no connection after 0.2 seconds")

    def resolve_slow_statement(self, info):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT 1 FROM pg_sleep(20)")
            else:
                cursor.execute(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                    " SELECT count(*) FROM (SELECT i FROM n LIMIT 200000000)"
                )
            return cursor.fetchone()[0]

    def resolve_statement_timeout(self, info):
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    def resolve_one_row(self, info):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone()[0]


class Mutation(graphene.ObjectType):
    """Writes."""

    touch = graphene.String()

    def resolve_touch(self, info):
        return "touched"


schema = graphene.Schema(query=Query, mutation=Mutation)
