"""Profile files: TOML under `profiles/`, read and checked against the catalogue as a whole.

All problems of all files are reported at once, with file
and line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from graph.catalogue import Catalogue
from graph.catalogue.kinds import SEVERITIES, Severity
from graph.catalogue.texts import Basis, LegalText, read_texts, unsound
from graph.errors import BadParameter, CatalogueError
from graph.validation import complain, validation_error

SHARED = ("as_of", "area")
"""Parameters that the question gives, never the profile."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class RuleSetting(_Strict):
    """What a profile says of one rule or dimension in a span of time.

    None leaves what is inherited. `basis` are the texts it rests on, the one that decides first.
    `since` is the first day on which it holds, `until` the first on
    which it no longer does.
    """

    on: bool | None = None
    severity: Severity | None = None
    params: dict[str, Any] = Field(default_factory=dict)
    source: str | None = None
    source_zh: str | None = None
    basis: tuple[Basis, ...] = ()
    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _spans(self) -> RuleSetting:
        if self.since is not None and self.until is not None and self.until <= self.since:
            raise validation_error("until 应晚于 since", "until must be later than since")
        return self

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


Settings = dict[str, tuple[RuleSetting, ...]]


class ProfileFile(_Strict):
    """One file. A rule's table may be an array of tables: what held one after the other.

    `basis` is that of every setting that names none of its own.
    """

    title: str
    title_zh: str
    inherits: str | None = None
    area: str | None = None
    since: date | None = None
    basis: tuple[Basis, ...] = ()
    rules: Settings = Field(default_factory=dict)
    coverage: Settings = Field(default_factory=dict)

    @field_validator("rules", "coverage", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return {name: v if isinstance(v, list) else [v] for name, v in value.items()}

    def in_force(self, day: date) -> bool:
        """Whether the file counts on a day at all."""
        return self.since is None or self.since <= day


def read_files(folder: Path, catalogue: Catalogue) -> tuple[dict[str, ProfileFile], dict[str, LegalText]]:
    """Every profile of a folder by name, and the texts that they rest on by id.

    Raises `CatalogueError` that lists every problem as `file:line: what`.
    """
    files: dict[str, ProfileFile] = {}
    texts, problems = read_texts(folder)
    for path in sorted(folder.glob("*.toml")):
        text = path.read_text("utf-8")
        try:
            files[path.stem] = ProfileFile.model_validate(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{path}: {error}")
        except ValidationError as error:
            problems += [
                f"{path}:{_line(text, e['loc'])}: {_dotted(e['loc'])}: {' / '.join(complain(e))}"
                for e in error.errors()
            ]
        else:
            problems += _mistakes(path, text, files[path.stem], catalogue)
            problems += _unfounded(path, text, files[path.stem], texts)
    problems += [p for name in files for p in _broken_chain(name, files, folder)]
    if problems:
        listed = "\n".join(problems)
        raise CatalogueError(
            f"规则集中有 {len(problems)} 处问题：\n{listed}",
            f"{len(problems)} problems in the profiles, listed above.",
            subject=str(folder),
        )
    return files, texts


def _unfounded(path: Path, text: str, file: ProfileFile, texts: dict[str, LegalText]) -> list[str]:
    """Settings that rest on a text past its end, on none of the register, or on unread articles."""
    problems = []
    for section, settings in (("rules", file.rules), ("coverage", file.coverage)):
        for name, versions in settings.items():
            where = f"{path}:{_line(text, (section, name))}: {section}.{name}"
            for setting in versions:
                for basis in setting.basis or file.basis:
                    wrong = unsound(basis, texts, setting.until)
                    problems += [] if wrong is None else [f"{where}: {wrong}"]
    return problems


def _broken_chain(name: str, files: Mapping[str, ProfileFile], folder: Path) -> list[str]:
    seen = [name]
    above = files[name].inherits
    while above is not None:
        if above not in files or above in seen:
            return [f"{folder / name}.toml:1: inherits {above}: no such profile, or a circle"]
        seen.append(above)
        above = files[above].inherits
    return []


def _mistakes(path: Path, text: str, file: ProfileFile, catalogue: Catalogue) -> list[str]:
    """Unknown rules, dimensions and parameters, and values of the wrong type."""
    problems = []
    for section, settings in (("rules", file.rules), ("coverage", file.coverage)):
        known = {q.name: q for q in catalogue.folder(section)}
        for name, versions in settings.items():
            where = f"{path}:{_line(text, (section, name))}: {section}.{name}"
            if name not in known:
                problems.append(f"{where}: no such file in the catalogue")
                continue
            for setting in versions:
                given = {k: v for k, v in setting.params.items() if k not in SHARED}
                if len(given) < len(setting.params):
                    problems.append(f"{where}: as_of and area are not settings")
                if section == "coverage":
                    like = known[name].dimension
                    problems += [
                        f"{where}: {n} is set by rules.{like.like}" for n in given if n in like.shared
                    ]
                try:
                    known[name].bind(given, today=date.min)
                except BadParameter as error:
                    problems.append(f"{where}: {error.en}")
                allowed = known[name].rule.severities if section == "rules" else SEVERITIES
                if setting.severity not in (None, *allowed):
                    words = "..".join(dict.fromkeys((allowed[0], allowed[-1])))
                    problems.append(f"{where}: severity {setting.severity} not in {words}")
    return problems


def _dotted(where: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in where if not isinstance(part, int))


def _line(text: str, where: Sequence[int | str]) -> int:
    """The line of a table header such as `[rules.x]`, else of a key, else 1."""
    lines = text.splitlines()
    names = [str(part) for part in where if not isinstance(part, int)]
    for depth in range(len(names), 0, -1):
        head = re.escape(".".join(names[:depth]))
        key = re.compile(rf"\s*(\[\[?{head}\]|{re.escape(names[depth - 1])}\s*=)")
        for number, line in enumerate(lines, start=1):
            if key.match(line):
                return number
    return 1
