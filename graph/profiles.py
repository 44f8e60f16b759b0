"""Profiles: which rules apply in a place, with which parameters and severity, from which source.

Above the catalogue, below checks. Profiles are TOML files under `profiles/`; a profile inherits
from another. All problems of all files are reported at once, with file and line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.catalogue import Catalogue
from graph.errors import BadParameter, CatalogueError, NotFound
from graph.resources import data_folder

Severity = Literal["info", "warning", "violation"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "violation")
SHARED = ("as_of", "area")
"""Parameters that the question gives, never the profile."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleSetting(_Strict):
    """What a profile says of one rule; None leaves the inherited value."""

    on: bool | None = None
    severity: Severity | None = None
    params: dict[str, Any] = Field(default_factory=dict)
    source: str | None = None
    source_zh: str | None = None


class DimensionSetting(_Strict):
    """What a profile says of one coverage dimension."""

    params: dict[str, Any] = Field(default_factory=dict)
    source: str | None = None
    source_zh: str | None = None


class _File(_Strict):
    title: str
    title_zh: str
    inherits: str | None = None
    area: str | None = None
    since: date | None = None
    rules: dict[str, RuleSetting] = Field(default_factory=dict)
    coverage: dict[str, DimensionSetting] = Field(default_factory=dict)


@dataclass(frozen=True)
class Applied:
    """A rule as it applies somewhere: resolved over the chain of profiles.

    `set_by` names, for `on`, `severity` and each parameter, the profile that set it last.
    """

    rule: str
    on: bool = False
    severity: Severity = "info"
    params: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    source_zh: str = ""
    set_by: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Profile:
    """One profile with its chain of parents, nearest first."""

    name: str
    file: _File
    chain: tuple[tuple[str, _File], ...]

    @property
    def title(self) -> str:
        return self.file.title

    @property
    def title_zh(self) -> str:
        return self.file.title_zh

    def in_force(self, as_of: date) -> Iterator[tuple[str, _File]]:
        """The chain from the root down, without what was not yet in force at a date."""
        for name, file in reversed(self.chain):
            if file.since is None or file.since <= as_of:
                yield name, file

    def rule(self, name: str, as_of: date) -> Applied:
        """A rule as this profile applies it at a date."""
        applied = Applied(name)
        for profile, file in self.in_force(as_of):
            setting = file.rules.get(name)
            if setting is not None:
                applied = _over(applied, setting, profile)
        return applied

    def dimension(self, name: str, as_of: date) -> dict[str, Any]:
        """Parameters of a coverage dimension at a date."""
        params: dict[str, Any] = {}
        for _, file in self.in_force(as_of):
            if name in file.coverage:
                params |= file.coverage[name].params
        return params


class Profiles:
    """All profiles by name."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self._profiles = dict(sorted(profiles.items()))

    @classmethod
    def load(cls, catalogue: Catalogue, folder: Path | None = None) -> Profiles:
        """Read and check every profile against the catalogue.

        Raises `CatalogueError` that lists every problem as `file:line: what`.
        """
        root = data_folder("profiles") if folder is None else folder
        files: dict[str, _File] = {}
        problems: list[str] = []
        for path in sorted(root.glob("*.toml")):
            text = path.read_text("utf-8")
            try:
                files[path.stem] = _File.model_validate(tomllib.loads(text))
            except tomllib.TOMLDecodeError as error:
                problems.append(f"{path}: {error}")
            except ValidationError as error:
                problems += [
                    f"{path}:{_line(text, e['loc'])}: {'.'.join(map(str, e['loc']))}: {e['msg']}"
                    for e in error.errors()
                ]
            else:
                problems += _mistakes(path, text, files[path.stem], catalogue)
        profiles = {n: Profile(n, f, _chain(n, files, root, problems)) for n, f in files.items()}
        if problems:
            listed = "\n".join(problems)
            raise CatalogueError(
                f"规则集中有 {len(problems)} 处问题：\n{listed}",
                f"{len(problems)} problems in the profiles, listed above.",
                subject=str(root),
            )
        return cls(profiles)

    def __iter__(self) -> Iterator[Profile]:
        return iter(self._profiles.values())

    def __getitem__(self, name: str) -> Profile:
        try:
            return self._profiles[name]
        except KeyError:
            raise NotFound(
                f"没有名为“{name}”的规则集。",
                f"no profile of the name {name!r}.",
                subject="profile",
            ) from None


def _over(below: Applied, setting: RuleSetting, profile: str) -> Applied:
    set_by = dict(below.set_by)
    if setting.on is not None:
        set_by["on"] = profile
    if setting.severity is not None:
        set_by["severity"] = profile
    set_by |= dict.fromkeys(setting.params, profile)
    return Applied(
        below.rule,
        below.on if setting.on is None else setting.on,
        below.severity if setting.severity is None else setting.severity,
        {**below.params, **setting.params},
        setting.source or below.source,
        setting.source_zh or below.source_zh,
        set_by,
    )


def _chain(
    name: str, files: Mapping[str, _File], root: Path, problems: list[str]
) -> tuple[tuple[str, _File], ...]:
    chain: list[tuple[str, _File]] = []
    at: str | None = name
    while at is not None:
        if at not in files or at in {n for n, _ in chain}:
            problems.append(f"{root / name}.toml:1: inherits {at}: no such profile, or a circle")
            break
        chain.append((at, files[at]))
        at = files[at].inherits
    return tuple(chain)


def _mistakes(path: Path, text: str, file: _File, catalogue: Catalogue) -> list[str]:
    """Unknown rules, dimensions and parameters, and values of the wrong type."""
    problems = []
    for section, settings in (("rules", file.rules), ("coverage", file.coverage)):
        known = {q.name: q for q in catalogue.folder(section)}
        for name, setting in settings.items():
            where = f"{path}:{_line(text, (section, name))}"
            if name not in known:
                problems.append(f"{where}: {section}.{name}: no such file in the catalogue")
                continue
            given = {k: v for k, v in setting.params.items() if k not in SHARED}
            if len(given) < len(setting.params):
                problems.append(f"{where}: {section}.{name}: as_of and area are not settings")
            try:
                known[name].bind(given, today=date.min)
            except BadParameter as error:
                problems.append(f"{where}: {section}.{name}: {error.en}")
            severity = getattr(setting, "severity", None)
            allowed = known[name].header.tags.get("severity", "")
            if severity is not None and severity not in severity_range(allowed):
                problems.append(f"{where}: {section}.{name}: severity {severity} not in {allowed}")
    return problems


def severity_range(text: str) -> tuple[Severity, ...]:
    """`info..warning` as the severities from the lowest to the highest."""
    low, _, high = text.partition("..")
    names = [str(s) for s in SEVERITIES]
    if low not in names or (high or low) not in names:
        return SEVERITIES
    return SEVERITIES[names.index(low) : names.index(high or low) + 1]


def _line(text: str, where: tuple[int | str, ...]) -> int:
    """The line of a table header such as `[rules.x]`, else of a key, else 1."""
    lines = text.splitlines()
    for depth in range(len(where), 0, -1):
        head = ".".join(map(str, where[:depth]))
        key = re.compile(rf"\s*(\[{re.escape(head)}\]|{re.escape(str(where[depth - 1]))}\s*=)")
        for number, line in enumerate(lines, start=1):
            if key.match(line):
                return number
    return 1
