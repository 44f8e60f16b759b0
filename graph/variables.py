"""Variables of the environment: what a setting is called there, what it means, and the table of them all."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, SecretStr


@dataclass(frozen=True)
class Variable:
    """The environment variable of a setting and what it means, in Chinese and English."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True)
class Setting(Variable):
    """One row of the settings table: its variable, the field and the default as shown."""

    field: str
    default: str


def table_of(settings: type[BaseModel]) -> tuple[Setting, ...]:
    """The rows of the fields that bear a `Variable`, in their order."""
    return tuple(
        Setting(meaning.name, meaning.zh, meaning.en, field, _shown(info.default))
        for field, info in settings.model_fields.items()
        for meaning in info.metadata
        if isinstance(meaning, Variable)
    )


def _shown(default: object) -> str:
    """A default as one would write it into the environment; empty for none."""
    match default:
        case None:
            return ""
        case bool():
            return str(default).lower()
        case float():
            return f"{default:g}"
        case SecretStr():
            return default.get_secret_value()
    return str(default)
