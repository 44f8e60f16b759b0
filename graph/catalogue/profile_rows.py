"""Profiles as tables for people: each setting, its value, where it comes from and since when.

Above profiles; asks no engine.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.catalogue import Catalogue, Query
from graph.catalogue.profiles import Profile, Profiles
from graph.catalogue.texts import cite_en, cite_zh, mark_of

NAMES = {"on": ("启用", "switched on"), "severity": ("等级上限", "highest severity")}


def list_profiles(profiles: Profiles) -> list[dict[str, Any]]:
    """Every profile: name, titles, parent, area, since."""
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
) -> list[dict[str, Any]]:
    """A row per rule and setting that applies on a day.

    Keys: code, rule, title_zh, setting, setting_zh, value, profile, profile_zh (who set it last),
    since (None: always), until (exclusive; None: no end), source, source_zh, texts and texts_en (the
    texts it rests on, with their days and how far they were verified), verified (the mark of the
    first of them; None where none is named). A parameter that no profile sets comes from the
    rule's own file (`profile` None).
    """
    rows: list[dict[str, Any]] = []
    for query in catalogue.rules():
        if rule in (None, query.name, query.rule.code):
            rows += _settings(profile, profiles, query, day)
    return rows


def _settings(profile: Profile, profiles: Profiles, query: Query, day: date) -> list[dict[str, Any]]:
    applied = profile.rule(query.name, day)
    values: dict[str, tuple[Any, str, str]] = {
        "on": (applied.on, *NAMES["on"]),
        "severity": (applied.severity, *NAMES["severity"]),
    }
    for parameter in query.parameters:
        if parameter.name not in ("as_of", "area"):
            value = applied.params.get(parameter.name, parameter.default)
            values[parameter.name] = (value, parameter.zh, parameter.en)
    rows = []
    for name, (value, zh, en) in values.items():
        origin = applied.origins.get(name)
        basis = origin.basis if origin else ()
        rows.append(
            {
                "code": query.rule.code,
                "rule": query.name,
                "title_zh": query.header.title_zh,
                "setting": name,
                "setting_zh": zh,
                "setting_en": en,
                "value": value,
                "profile": origin and origin.profile,
                "profile_zh": origin and profiles[origin.profile].title_zh,
                "since": origin and origin.since,
                "until": origin and origin.until,
                "verified": mark_of(basis[0], profiles.texts) if basis else None,
                "texts": [cite_zh(b, profiles.texts) for b in basis],
                "texts_en": [cite_en(b, profiles.texts) for b in basis],
                "source": origin.source if origin else query.header.source,
                "source_zh": origin.source_zh if origin else query.header.source,
            }
        )
    return rows
