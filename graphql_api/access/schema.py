"""``viewer``: what a partner may see, how often they may ask, and how often they did."""

from datetime import UTC, datetime
from typing import Any

import graphene

from cms.access.models import ApiKey
from cms.access.usage import usage_by_day
from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.enums import EntryKind
from graphql_api.scalars import DateTime
from knowledge.kinds import Kind

MAX_DAYS = 90


class UsageDay(DocumentType):
    """The requests of one day, which begins and ends at midnight UTC."""

    day = text("The day, as in `2026-01-31`.")
    requests = graphene.Int(
        required=True, description="Requests that were counted against the quota, this one too."
    )
    refused = graphene.Int(required=True, description="Requests that were over a limit.")

    @staticmethod
    def resolve_day(row: dict[str, Any], info: graphene.ResolveInfo) -> str:
        return row["day"].isoformat()


class ViewerUsage(graphene.ObjectType):
    """How often the key may be used, and was."""

    per_minute = graphene.Int(required=True, description="Requests allowed in a minute.")
    per_day = graphene.Int(required=True, description="Requests allowed in a day.")
    today = graphene.Field(graphene.NonNull(UsageDay), description="The present day.")
    remaining_today = graphene.Int(required=True, description="Requests left of the day.")
    days = listed(
        UsageDay,
        "Days on which the key was used, the newest first.",
        last=graphene.Argument(
            graphene.Int,
            default_value=30,
            description=f"How many days to look back, at most {MAX_DAYS}.",
        ),
    )

    @staticmethod
    def resolve_today(key: ApiKey, info: graphene.ResolveInfo) -> dict[str, Any]:
        return today_of(key)

    @staticmethod
    def resolve_remaining_today(key: ApiKey, info: graphene.ResolveInfo) -> int:
        return max(0, key.per_day - today_of(key)["requests"])

    @staticmethod
    def resolve_days(key: ApiKey, info: graphene.ResolveInfo, last: int) -> list[dict[str, Any]]:
        return usage_by_day(key, days=min(max(last, 0), MAX_DAYS))


class Viewer(graphene.ObjectType):
    """The partner whose key was sent. The bounds are about entries only."""

    name = text("The partner, as the editors know them.")
    key_prefix = text("The beginning of the key, by which the editors find it.")
    kinds = listed(EntryKind, "The kinds of entry the key sees; empty: every kind.")
    technologies = listed(
        graphene.String, "Slugs of the technologies the key sees; empty: every technology."
    )
    expires_at = DateTime(description="When the key ends; null: not by itself.")
    usage = graphene.Field(
        graphene.NonNull(ViewerUsage), description="How often it may be used, and was."
    )

    @staticmethod
    def resolve_key_prefix(key: ApiKey, info: graphene.ResolveInfo) -> str:
        return key.prefix

    @staticmethod
    def resolve_kinds(key: ApiKey, info: graphene.ResolveInfo) -> list[str]:
        return [kind for kind in Kind.values if kind in key.kinds]

    @staticmethod
    def resolve_usage(key: ApiKey, info: graphene.ResolveInfo) -> ApiKey:
        return key


class AccessQuery(graphene.ObjectType):
    """Who asks."""

    viewer = graphene.Field(
        Viewer, description="The partner whose API key was sent; null without a key."
    )

    @staticmethod
    def resolve_viewer(root: None, info: graphene.ResolveInfo) -> ApiKey | None:
        info.context.is_private = True
        return info.context.caller.key


def today_of(key: ApiKey) -> dict[str, Any]:
    """The present day's usage, whether or not anything was counted yet."""
    today = datetime.now(UTC).date()
    days = usage_by_day(key, days=1)
    found = next((one for one in days if one["day"] == today), None)
    return found or {"day": today, "requests": 0, "refused": 0}
