"""The table of settings is what the settings' source says."""

import pytest

from graphql_api.reference import settings


def test_every_setting_of_the_endpoint_is_explained():
    names = [name for name, _ in settings.environment()]

    assert len(names) == len(set(names))
    assert set(names) == set(settings.MEANINGS)


def test_a_default_does_not_depend_on_the_environment_of_this_run(monkeypatch):
    monkeypatch.setenv("GRAPHQL_RATE_PER_MINUTE", "7")

    assert "| `GRAPHQL_RATE_PER_MINUTE` | 600 |" in settings.table()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("256 * 1024", "262,144"),
        ("True", "on"),
        ("False", "off"),
        ("0.5", "0.5"),
        ("1.0", "1"),
        ("''", "none"),
        ("'text'", "`text`"),
        ("('*',)", "`*`"),
        ("str(env.REPOSITORY / 'one' / 'two')", "`one/two`"),
    ],
)
def test_defaults_are_shown_for_people(tmp_path, monkeypatch, value, shown):
    (tmp_path / "api.py").write_text(f'GRAPHQL_X = env.of("GRAPHQL_X", {value})\nOTHER = 1\n')
    monkeypatch.setattr(settings, "FOLDER", tmp_path)
    monkeypatch.setitem(settings.MEANINGS, "GRAPHQL_X", "Meaning.")

    assert settings.table().splitlines()[2:] == [f"| `GRAPHQL_X` | {shown} | Meaning. |"]
