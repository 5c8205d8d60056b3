"""The table of states: closed, reachable, and drawn as it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.contributions import states
from knowledge.contributions.states import Action, Actor, State, TransitionError, next_state

END_STATES = {State.PUBLISHED, State.WITHDRAWN}


@given(st.sampled_from(sorted(states.INITIAL_STATES)), st.lists(st.sampled_from(list(Action))))
def test_any_walk_stays_inside_the_table(start, walk):
    state = start
    for action in walk:
        if (state, action) in states.TRANSITIONS:
            state = next_state(state, action)
        else:
            with pytest.raises(TransitionError):
                next_state(state, action)
        assert state in State


@given(st.lists(st.sampled_from(list(Action)), max_size=30))
def test_nothing_is_published_that_was_not_accepted(walk):
    state, accepted = State.RECEIVED, False
    for action in walk:
        if (state, action) not in states.TRANSITIONS:
            continue
        state = next_state(state, action)
        accepted = state is State.ACCEPTED or (accepted and state is State.PUBLISHED)
        assert state is not State.PUBLISHED or accepted


def test_every_state_can_be_reached():
    reached = set(states.INITIAL_STATES)
    for _step in State:
        reached |= {target for (state, _), target in states.TRANSITIONS.items() if state in reached}

    assert reached == set(State)


def test_only_published_and_withdrawn_are_final():
    assert set(State) - {state for state, _action in states.TRANSITIONS} == END_STATES


def test_quarantine_lets_nothing_be_accepted():
    assert states.possible_actions(State.QUARANTINED) == [Action.RESCUE, Action.MARK_SPAM]


def test_contributors_may_answer_or_withdraw_only():
    assert states.possible_actions(State.WAITING, Actor.CONTRIBUTOR) == [
        Action.ANSWER,
        Action.WITHDRAW,
    ]


def test_the_documentation_shows_the_table():
    page = Path(__file__).parents[3] / "docs/contributions.md"

    assert states.diagram() in page.read_text()
