"""Profiles: which rules apply in a place, with which parameters and severity, from which source.

A profile inherits from another; what a
file says holds from its day on, so a check for an earlier day uses what was in force then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from graph.catalogue import Catalogue, Query
from graph.catalogue.kinds import Severity
from graph.catalogue.profile_files import ProfileFile, RuleSetting, read_files
from graph.catalogue.texts import Basis, LegalText
from graph.data_files import data_folder
from graph.errors import NotFound


@dataclass(frozen=True)
class Origin:
    """Where a value comes from: the profile that set it last, from when to when, from which texts."""

    profile: str
    since: date | None
    source: str
    source_zh: str
    until: date | None = None
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True)
class Applied:
    """A rule as it applies somewhere: resolved over the chain of profiles.

    `origins` says, for `on`, `severity` and each parameter, where the value comes from; `basis` the
    texts that the rule rests on there, `since` and `until` the span of the setting, all three those
    of the profile that set it last.
    """

    rule: str
    on: bool = False
    severity: Severity = "info"
    params: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    source_zh: str = ""
    basis: tuple[Basis, ...] = ()
    since: date | None = None
    until: date | None = None
    origins: dict[str, Origin] = field(default_factory=dict)

    @property
    def set_by(self) -> dict[str, str]:
        """The profile that set each value last."""
        return {name: origin.profile for name, origin in self.origins.items()}

    def under(self, setting: RuleSetting, profile: str, file: ProfileFile) -> Applied:
        """The same with a setting of a profile's file over it."""
        source, source_zh = setting.source or self.source, setting.source_zh or self.source_zh
        basis = setting.basis or file.basis or self.basis
        origin = Origin(profile, setting.since or file.since, source, source_zh, setting.until, basis)
        named = [n for n in ("on", "severity") if getattr(setting, n) is not None]
        return Applied(
            self.rule,
            self.on if setting.on is None else setting.on,
            self.severity if setting.severity is None else setting.severity,
            {**self.params, **setting.params},
            source,
            source_zh,
            basis,
            origin.since,
            origin.until,
            {**self.origins, **dict.fromkeys([*named, *setting.params], origin)},
        )


@dataclass(frozen=True)
class Profile:
    """One profile with its chain of parents, nearest first."""

    name: str
    file: ProfileFile
    chain: tuple[tuple[str, ProfileFile], ...]

    @property
    def title(self) -> str:
        return self.file.title

    @property
    def title_zh(self) -> str:
        return self.file.title_zh

    def rule(self, name: str, as_of: date) -> Applied:
        """A rule as this profile applies it at a date."""
        return self._resolve("rules", name, as_of)

    def dimension(self, query: Query, as_of: date) -> dict[str, Any]:
        """Parameters of a coverage dimension at a date.

        Where a rule measures the same (`@settings`), its parameters hold, so that both ask for the
        same; the others are what the profiles say of the dimension.
        """
        params = self._resolve("coverage", query.name, as_of).params
        like = query.dimension.like
        of_rule = {} if like is None else self.rule(like, as_of).params
        shared = query.dimension.shared.items()
        return {**params, **{own: of_rule[theirs] for own, theirs in shared if theirs in of_rule}}

    def _resolve(self, section: str, name: str, as_of: date) -> Applied:
        applied = Applied(name)
        for profile, file in reversed(self.chain):
            settings: Iterable[RuleSetting] = getattr(file, section).get(name, ())
            if file.in_force(as_of):
                for setting in settings:
                    if setting.holds(as_of):
                        applied = applied.under(setting, profile, file)
        return applied


Read = tuple[dict[str, Profile], Mapping[str, LegalText]]
"""Profiles by name, and the texts of law that they name."""


class Profiles:
    """All profiles by name."""

    def __init__(self, profiles: Mapping[str, Profile], texts: Mapping[str, LegalText] | None = None) -> None:
        self._read: Callable[[], Read] = lambda: (dict(sorted(profiles.items())), texts or {})

    @classmethod
    def load(cls, catalogue: Catalogue, folder: Path | None = None) -> Profiles:
        """Read and check every profile; raises `CatalogueError` with every problem."""
        profiles = cls.open(catalogue, folder)
        len(profiles._profiles)
        return profiles

    @classmethod
    def open(cls, catalogue: Catalogue, folder: Path | None = None) -> Profiles:
        """The same for who may need none of them: they are read and checked when one is asked for."""

        def read() -> Read:
            files, texts = read_files(data_folder("profiles") if folder is None else folder, catalogue)
            found = {n: Profile(n, f, tuple(_chain(n, files))) for n, f in files.items()}
            return dict(sorted(found.items())), texts

        profiles = cls({})
        profiles._read = read
        return profiles

    @cached_property
    def _known(self) -> Read:
        return self._read()

    @property
    def _profiles(self) -> dict[str, Profile]:
        return self._known[0]

    @property
    def texts(self) -> Mapping[str, LegalText]:
        """The texts of law by the ids that settings name."""
        return self._known[1]

    def __iter__(self) -> Iterator[Profile]:
        return iter(self._profiles.values())

    def __getitem__(self, name: str) -> Profile:
        """A profile by its name or title; a short form of the title such as 衡阳石鼓 will do."""
        if name in self._profiles:
            return self._profiles[name]
        found = [p for p in self if name in (p.title, p.title_zh)]
        found = found or [p for p in self if len(name) > 1 and is_short_for(name, p.title_zh)]
        if len(found) == 1:
            return found[0]
        known = "、".join(f"{p.name}（{p.title_zh}）" for p in self)
        raise NotFound(
            f"没有名为“{name}”的规则集；已有：{known}。",
            f"no profile of the name {name!r}; there are: {', '.join(self._profiles)}.",
            subject="profile",
        )


def _chain(name: str, files: Mapping[str, ProfileFile]) -> Iterator[tuple[str, ProfileFile]]:
    at: str | None = name
    while at is not None:
        yield at, files[at]
        at = files[at].inherits


def is_short_for(short: str, full: str) -> bool:
    """Whether the characters of a short name occur in the full one in this order: 衡阳石鼓, 衡阳市石鼓区."""
    rest = iter(full)
    return all(character in rest for character in short)
