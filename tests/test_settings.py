"""Settings come from the environment, and one table documents them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadParameter
from graph.settings import SETTINGS_TABLE, Settings

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def test_every_setting_is_a_field_with_the_default_it_names() -> None:
    """The table's defaults are those of the code."""
    assert {s.field for s in SETTINGS_TABLE} == set(Settings.model_fields)
    settings = Settings.from_environment({})
    for setting in SETTINGS_TABLE:
        value = getattr(settings, setting.field)
        shown = "" if value is None or setting.field in ("neo4j_password", "oidc_secret") else str(value)
        same = {"true": "True", "false": "False", "./data": "data", "60": "60.0"}
        assert shown == same.get(setting.default, setting.default)


def test_the_readme_has_the_settings_table() -> None:
    """Every variable is in the README with its default and meaning."""
    for setting in SETTINGS_TABLE:
        assert f"| `{setting.name}` | {setting.default or '–'} | {setting.zh} {setting.en} |" in README


def test_an_empty_variable_means_the_default() -> None:
    """`NEO4J_URI=` is no server."""
    assert Settings.from_environment({"NEO4J_URI": ""}).neo4j_uri is None


def test_a_password_is_never_shown() -> None:
    """Neither the settings' text nor an error about them holds the password."""
    settings = Settings.from_environment({"NEO4J_PASSWORD": "very-secret"})
    assert "very-secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COBUILD_PORT", "70000"),
        ("COBUILD_PORT", "http"),
        ("COBUILD_HEAP", "1 GB"),
        ("COBUILD_ORIGINS", "*"),
        ("COBUILD_ORIGINS", "http://10.0.0.5/page"),
        ("COBUILD_ORIGINS", "10.0.0.5:8080"),
        ("COBUILD_TIME_LIMIT", "0"),
        ("COBUILD_ROW_LIMIT", "-1"),
        ("COBUILD_AUTH", "perhaps"),
        ("COBUILD_RATE_LIMIT", "often"),
        ("COBUILD_COPIES", "0"),
        ("COBUILD_PROXIES", "*"),
        ("COBUILD_PROXIES", "10.0.0.1, proxy.example"),
        ("COBUILD_OIDC_KEYS_AGE", "0"),
        ("COBUILD_HOST", "0.0.0.0"),
        ("COBUILD_HOST", "db.example"),
    ],
)
def test_a_wrong_value_names_its_variable(name: str, value: str) -> None:
    """The sentence has the variable and the value."""
    with pytest.raises(BadParameter) as caught:
        Settings.from_environment({name: value})
    assert name == caught.value.subject
    assert name in caught.value.zh


def test_half_of_a_provider_is_refused() -> None:
    """Who issues tokens is of no use without the keys that check them."""
    with pytest.raises(BadParameter) as caught:
        Settings.from_environment({"COBUILD_OIDC_ISSUER": "https://id.example"})
    assert caught.value.subject == "COBUILD_OIDC_KEYS"


def test_listening_beyond_loopback_takes_a_log_in() -> None:
    """Otherwise whoever reaches the port would read everything."""
    allowed = {"COBUILD_HOST": "0.0.0.0", "COBUILD_AUTH": "required"}
    assert Settings.from_environment(allowed).host == "0.0.0.0"
