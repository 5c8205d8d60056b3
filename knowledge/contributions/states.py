"""The life of a contribution as one pure table.

Invariant: a contribution changes its state only along ``TRANSITIONS``; what is not in the
table is refused.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a contribution stands."""

    RECEIVED = "RECEIVED"
    QUARANTINED = "QUARANTINED"
    IN_REVIEW = "IN_REVIEW"
    WAITING = "WAITING"
    ACCEPTED = "ACCEPTED"
    PUBLISHED = "PUBLISHED"
    DECLINED = "DECLINED"
    DUPLICATE = "DUPLICATE"
    SPAM = "SPAM"
    WITHDRAWN = "WITHDRAWN"


class Action(StrEnum):
    """What someone does with a contribution."""

    CLAIM = "CLAIM"
    RELEASE = "RELEASE"
    ASK = "ASK"
    ANSWER = "ANSWER"
    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    MARK_DUPLICATE = "MARK_DUPLICATE"
    MARK_SPAM = "MARK_SPAM"
    RESCUE = "RESCUE"
    UNDO = "UNDO"
    WITHDRAW = "WITHDRAW"
    PUBLISH = "PUBLISH"


class Actor(StrEnum):
    """Who may take an action."""

    REVIEWER = "REVIEWER"
    CONTRIBUTOR = "CONTRIBUTOR"
    SYSTEM = "SYSTEM"


class TransitionError(Exception):
    """``action`` is impossible in ``state``."""

    def __init__(self, state: State, action: Action) -> None:
        super().__init__(f"{action} is not possible in state {state}.")
        self.state = state
        self.action = action


TRANSITIONS: dict[tuple[State, Action], State] = {
    (State.RECEIVED, Action.CLAIM): State.IN_REVIEW,
    (State.RECEIVED, Action.ASK): State.WAITING,
    (State.RECEIVED, Action.ACCEPT): State.ACCEPTED,
    (State.RECEIVED, Action.DECLINE): State.DECLINED,
    (State.RECEIVED, Action.MARK_DUPLICATE): State.DUPLICATE,
    (State.RECEIVED, Action.MARK_SPAM): State.SPAM,
    (State.RECEIVED, Action.WITHDRAW): State.WITHDRAWN,
    (State.QUARANTINED, Action.RESCUE): State.RECEIVED,
    (State.QUARANTINED, Action.MARK_SPAM): State.SPAM,
    (State.QUARANTINED, Action.WITHDRAW): State.WITHDRAWN,
    (State.IN_REVIEW, Action.CLAIM): State.IN_REVIEW,
    (State.IN_REVIEW, Action.RELEASE): State.RECEIVED,
    (State.IN_REVIEW, Action.ASK): State.WAITING,
    (State.IN_REVIEW, Action.ACCEPT): State.ACCEPTED,
    (State.IN_REVIEW, Action.DECLINE): State.DECLINED,
    (State.IN_REVIEW, Action.MARK_DUPLICATE): State.DUPLICATE,
    (State.IN_REVIEW, Action.MARK_SPAM): State.SPAM,
    (State.IN_REVIEW, Action.WITHDRAW): State.WITHDRAWN,
    (State.WAITING, Action.ANSWER): State.IN_REVIEW,
    (State.WAITING, Action.ACCEPT): State.ACCEPTED,
    (State.WAITING, Action.DECLINE): State.DECLINED,
    (State.WAITING, Action.MARK_DUPLICATE): State.DUPLICATE,
    (State.WAITING, Action.MARK_SPAM): State.SPAM,
    (State.WAITING, Action.RELEASE): State.RECEIVED,
    (State.WAITING, Action.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Action.PUBLISH): State.PUBLISHED,
    (State.ACCEPTED, Action.UNDO): State.IN_REVIEW,
    (State.DECLINED, Action.UNDO): State.IN_REVIEW,
    (State.DUPLICATE, Action.UNDO): State.IN_REVIEW,
    (State.SPAM, Action.UNDO): State.IN_REVIEW,
}

ACTORS: dict[Action, Actor] = {
    Action.ANSWER: Actor.CONTRIBUTOR,
    Action.WITHDRAW: Actor.CONTRIBUTOR,
    Action.PUBLISH: Actor.SYSTEM,
}

INITIAL_STATES = frozenset({State.RECEIVED, State.QUARANTINED})
# Someone still has to do something about these.
OPEN_STATES = frozenset({State.RECEIVED, State.IN_REVIEW, State.WAITING})
DECIDED_STATES = frozenset(
    {State.ACCEPTED, State.PUBLISHED, State.DECLINED, State.DUPLICATE, State.SPAM}
)


def next_state(state: State, action: Action) -> State:
    """The state after ``action``. Raises ``TransitionError`` when it is not in the table."""
    try:
        return TRANSITIONS[state, action]
    except KeyError:
        raise TransitionError(state, action) from None


def possible_actions(state: State, actor: Actor = Actor.REVIEWER) -> list[Action]:
    """What ``actor`` may do in ``state``, in the order of the table."""
    return [
        action
        for (start, action) in TRANSITIONS
        if start is state and ACTORS.get(action, Actor.REVIEWER) is actor
    ]


def diagram() -> str:
    """The table as a Mermaid state diagram; actions that lead the same way share an arrow."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for (state, action), target in TRANSITIONS.items():
        actor = ACTORS.get(action, Actor.REVIEWER)
        label = action.lower().replace("_", " ")
        if actor is not Actor.REVIEWER:
            label += f" ({actor.lower()})"
        arrows.setdefault((state, target), []).append(label)
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {state}" for state in State if state in INITIAL_STATES]
    lines += [
        f"    {state} --> {target}: {', '.join(labels)}"
        for (state, target), labels in arrows.items()
    ]
    left = {state for state, _ in TRANSITIONS}
    lines += [f"    {state} --> [*]" for state in State if state not in left]
    return "\n".join(lines) + "\n"
