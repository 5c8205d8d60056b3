"""Alerts for people who have no account: ask, confirm, end."""

from typing import Any

import graphene
from django.core.exceptions import ValidationError
from graphql import GraphQLResolveInfo

from cms.notifications.alerts.subscribing import (
    TooManyRequestsError,
    UnknownTokenError,
    Wish,
    confirm,
    request_subscription,
    unsubscribe,
)
from graphql_api.knowledge.enums import EntryKind, labelled
from graphql_api.single_mutation import require_single_mutation
from graphql_api.user_errors import UserError

AlertFrequency = labelled(
    "AlertFrequency",
    "How often a subscriber gets a mail, at most.",
    {
        "INSTANT": "Soon after something is published.",
        "DAILY": "Once a day, if there is anything.",
        "WEEKLY": "On Mondays, if there is anything.",
    },
)


class AlertSubscriptionInput(graphene.InputObjectType):
    """What to be told about. A list that is left out or empty means everything."""

    email = graphene.String(required=True, description="Where the mails go.")
    kinds = graphene.List(graphene.NonNull(EntryKind), description="Kinds of entry.")
    technologies = graphene.List(
        graphene.NonNull(graphene.String), description="Slugs of technologies."
    )
    topics = graphene.List(graphene.NonNull(graphene.String), description="Slugs of topics.")
    frequency = AlertFrequency(default_value="WEEKLY", description="How often.")
    include_updates = graphene.Boolean(
        default_value=False, description="Changes to published entries as well as new ones."
    )
    locale = graphene.String(description="The language of the entries and of the mails.")


class AlertPayload(graphene.ObjectType):
    """Whether it was done."""

    accepted = graphene.Boolean(
        required=True, description="True when there are no errors. Says nothing of the address."
    )
    errors = graphene.List(
        graphene.NonNull(UserError), required=True, description="What to put right."
    )


class NotificationsMutation(graphene.ObjectType):
    """Update alerts by mail."""

    subscribe_to_alerts = graphene.NonNull(
        AlertPayload,
        input=graphene.Argument(
            graphene.NonNull(AlertSubscriptionInput), description="Who, and about what."
        ),
        description="Ask for alerts. A mail with a link goes to the address; nothing else is "
        "sent before the link is confirmed. The answer is the same for every address.",
    )
    confirm_alert_subscription = graphene.NonNull(
        AlertPayload,
        token=graphene.Argument(
            graphene.NonNull(graphene.String), description="The last part of the mailed link."
        ),
        description="Confirm. Replaces what the address was subscribed to before.",
    )
    unsubscribe_from_alerts = graphene.NonNull(
        AlertPayload,
        token=graphene.Argument(
            graphene.NonNull(graphene.String), description="The last part of the link in any alert."
        ),
        description="End the subscription and forget the address. Doing it twice is no error.",
    )

    @staticmethod
    def resolve_subscribe_to_alerts(
        root: None, info: GraphQLResolveInfo, input: dict[str, Any]
    ) -> AlertPayload:
        require_single_mutation(info)
        try:
            request_subscription(wish_of(input), requester=info.context.client_address)
        except TooManyRequestsError as error:
            info.context.retry_after = error.seconds
            return refused("THROTTLED", "Too many requests. Try again later.", [])
        except ValidationError as error:
            return AlertPayload(
                accepted=False,
                errors=[
                    UserError(code="INVALID", message=message, path=["input", field])
                    for field, messages in error.message_dict.items()
                    for message in messages
                ],
            )
        return done()

    @staticmethod
    def resolve_confirm_alert_subscription(
        root: None, info: GraphQLResolveInfo, token: str
    ) -> AlertPayload:
        require_single_mutation(info)
        try:
            confirm(token)
        except UnknownTokenError:
            return unknown_token()
        return done()

    @staticmethod
    def resolve_unsubscribe_from_alerts(
        root: None, info: GraphQLResolveInfo, token: str
    ) -> AlertPayload:
        require_single_mutation(info)
        try:
            unsubscribe(token)
        except UnknownTokenError:
            return unknown_token()
        return done()


def wish_of(input_: dict[str, Any]) -> Wish:
    return Wish(
        address=input_["email"],
        kinds=tuple(plain(kind) for kind in input_.get("kinds") or ()),
        technologies=tuple(input_.get("technologies") or ()),
        topics=tuple(input_.get("topics") or ()),
        frequency=plain(input_.get("frequency") or "WEEKLY"),
        include_updates=bool(input_.get("include_updates")),
        locale=input_.get("locale") or "",
    )


def plain(value: Any) -> str:
    """The stored value of an enum's member."""
    return getattr(value, "value", value)


def done() -> AlertPayload:
    return AlertPayload(accepted=True, errors=[])


def unknown_token() -> AlertPayload:
    return refused("NOT_FOUND", "The link has been used, has expired or is cut off.", ["token"])


def refused(code: str, message: str, path: list[str]) -> AlertPayload:
    return AlertPayload(accepted=False, errors=[UserError(code=code, message=message, path=path)])
