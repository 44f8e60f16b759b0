"""Profiles as tables for people: each setting, its value, where it comes from and since when.

Asks no engine.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.catalogue import Catalogue, Query
from graph.catalogue.profiles import Applied, Profile, Profiles
from graph.catalogue.shapes import ProfileRow, SettingRow
from graph.catalogue.texts import MARKS, Mark, cite_en, cite_zh, mark_of

DEFAULT = f"规则文件的默认值（{MARKS['E'][0]}）", f"Default of the rule's own file ({MARKS['E'][1]})"
"""In place of a text, for what no profile sets."""
NAMES = {"on": ("启用", "switched on"), "severity": ("等级上限", "highest severity")}


def list_profiles(profiles: Profiles) -> list[ProfileRow]:
    """Every profile."""
    return [
        {
            "profile": p.name,
            "title": p.title,
            "title_zh": p.title_zh,
            "inherits": p.file.inherits,
            "area": p.file.area,
            "since": p.file.since,
            "rules_set": len(p.file.rules),
        }
        for p in profiles
    ]


def explain_profile(
    profile: Profile, profiles: Profiles, catalogue: Catalogue, day: date, rule: str | None = None
) -> list[SettingRow]:
    """A row per rule and setting that applies on a day.

    `profile` is the one that set it last, None for a parameter that none sets: it is the default of the
    rule's own file, rests on no text whatever the file names, and bears the mark E. `texts` are those
    that a setting rests on, with their days and how far they were verified; `verified` is the mark of
    the first, None where none is named. Without `since` it always applied,
    without `until` it has no end.
    """
    rows: list[SettingRow] = []
    for query in catalogue.rules():
        if rule in (None, query.name, query.rule.code):
            rows += _settings(profile, profiles, query, day)
    return rows


def settings_of(query: Query, applied: Applied) -> dict[str, tuple[Any, str, str]]:
    """Every setting of a rule by name, with its words in both languages."""
    found: dict[str, tuple[Any, str, str]] = {
        "on": (applied.on, *NAMES["on"]),
        "severity": (applied.severity, *NAMES["severity"]),
    }
    for parameter in query.parameters:
        if parameter.name not in ("as_of", "area"):
            value = applied.params.get(parameter.name, parameter.default)
            found[parameter.name] = (value, parameter.zh, parameter.en)
    return found


def _settings(profile: Profile, profiles: Profiles, query: Query, day: date) -> list[SettingRow]:
    applied = profile.rule(query.name, day)
    values = settings_of(query, applied)
    rows: list[SettingRow] = []
    for name, (value, zh, en) in values.items():
        origin = applied.origins.get(name)
        basis = origin.basis if origin else ()
        mark: Mark | None = mark_of(basis[0], profiles.texts) if basis else None
        rows.append(
            {
                "code": query.rule.code,
                "rule": query.name,
                "title_zh": query.header.title_zh,
                "setting": name,
                "setting_zh": zh,
                "setting_en": en,
                "value": value,
                "profile": origin.profile if origin else None,
                "profile_zh": profiles[origin.profile].title_zh if origin else None,
                "since": origin.since if origin else None,
                "until": origin.until if origin else None,
                "verified": mark if origin else "E",
                "texts": [cite_zh(b, profiles.texts) for b in basis] if origin else [DEFAULT[0]],
                "texts_en": [cite_en(b, profiles.texts) for b in basis] if origin else [DEFAULT[1]],
                "source": origin.source if origin else "default of the rule's own file, set by no profile",
                "source_zh": origin.source_zh if origin else "规则文件的默认值，各级规则集均未另设",
            }
        )
    return rows
