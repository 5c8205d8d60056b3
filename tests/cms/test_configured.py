"""Settings as plain attributes."""

import pytest

from cms.configured import configured, following_settings


def test_a_setting_is_found_by_its_name(settings):
    settings.GRAPHQL_MAX_COST = 17

    assert configured.GRAPHQL_MAX_COST == 17


def test_a_changed_setting_is_read_again(settings):
    settings.GRAPHQL_MAX_COST = 17
    assert configured.GRAPHQL_MAX_COST == 17

    settings.GRAPHQL_MAX_COST = 18

    assert configured.GRAPHQL_MAX_COST == 18


def test_a_setting_that_does_not_exist_is_an_error():
    with pytest.raises(AttributeError, match="NO_SUCH_SETTING"):
        configured.NO_SUCH_SETTING  # noqa: B018 - looking is what fails


def test_what_follows_from_settings_is_worked_out_once(settings):
    asked = []
    settings.GRAPHQL_MAX_COST = 17

    @following_settings
    def twice(number):
        asked.append(number)
        return number * 2 + settings.GRAPHQL_MAX_COST

    assert [twice(1), twice(1)] == [19, 19]
    assert asked == [1]


def test_what_follows_from_settings_is_worked_out_again_when_one_changes(settings):
    settings.GRAPHQL_MAX_COST = 17

    @following_settings
    def more(number):
        return number + settings.GRAPHQL_MAX_COST

    assert more(1) == 18

    settings.GRAPHQL_MAX_COST = 27

    assert more(1) == 28
