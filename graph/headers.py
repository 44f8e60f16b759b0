"""The header of a `.cypher` file: reading it, and binding parameters to it.

Above errors only; used by the catalogue. The format stands in `docs/catalogue.md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, cast, get_args

from graph.errors import BadParameter

Kind = Literal["string", "int", "float", "bool", "date", "strings"]
REQUIRED = object()
TODAY = object()

_TAG = re.compile(r"//\s*@(?P<tag>[a-z]+(?:\.zh)?)(?:\s+(?P<value>.*\S))?\s*$")
_PARAM = re.compile(
    r"(?P<name>\w+)\s+(?P<kind>\w+)\s+(?P<default>\S+)\s+"
    r'"(?P<en>[^"]*)"\s*/\s*"(?P<zh>[^"]*)"$'
)
_COLUMN = re.compile(r"(?P<name>\w+)(?::(?P<flag>personal|sensitive))?$")
_USED = re.compile(r"\$(\w+)")
_NOT_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.S)

_NEEDED: dict[str, tuple[str, ...]] = {
    "": ("title", "title.zh", "returns", "source"),
    "rules": ("rule", "severity", "identity", "version", "verified"),
    "coverage": ("dimension", "subject", "denominator", "closes"),
}
_KNOWN = {t for tags in _NEEDED.values() for t in tags} | {"about", "about.zh", "param"}
_COLUMNS: dict[str, tuple[str, ...]] = {
    "rules": ("subject", "verdict", "missing", "evidence"),
    "coverage": ("subject", "area", "state", "since", "missing", "evidence"),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a file, and in which line (1 is the first)."""

    line: int
    text: str


@dataclass(frozen=True)
class Parameter:
    """One declared parameter; `default` may be `REQUIRED`, `TODAY`, None or a value."""

    name: str
    kind: Kind
    default: Any
    en: str
    zh: str

    @property
    def required(self) -> bool:
        return self.default is REQUIRED


@dataclass(frozen=True)
class Column:
    """One returned column; `flag` says that it holds personal or sensitive data."""

    name: str
    flag: Literal["personal", "sensitive"] | None = None


@dataclass
class Header:
    """The interface of a file."""

    tags: dict[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def title(self) -> str:
        return self.tags["title"]

    @property
    def title_zh(self) -> str:
        return self.tags["title.zh"]

    def bind(self, given: Mapping[str, Any], *, today: date) -> dict[str, Any]:
        """Typed values for every declared parameter; see `Query.bind`."""
        known = {p.name for p in self.parameters}
        for name in given:
            if name not in known:
                raise BadParameter(
                    f"没有名为 {name} 的参数；可用：{'、'.join(sorted(known)) or '（无）'}。",
                    f"there is no parameter {name}; known: {', '.join(sorted(known)) or 'none'}.",
                    subject=name,
                )
        return {p.name: _bind(p, given.get(p.name), today) for p in self.parameters}


def read_header(text: str, folder: str) -> tuple[Header, list[Problem]]:
    """Read the leading comment block; problems are collected, not raised."""
    header, problems = Header(), []
    parameters: list[Parameter] = []
    lines = text.splitlines()
    last = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    where: dict[str, int] = {}
    for number, line in enumerate(lines[:last], start=1):
        match = _TAG.match(line)
        if match is None:
            continue
        tag, value = match["tag"], match["value"] or ""
        where.setdefault(tag, number)
        if tag not in _KNOWN:
            problems.append(Problem(number, f"unknown tag @{tag}"))
        elif tag == "param":
            _add_parameter(value, number, parameters, problems)
        else:
            header.tags[tag] = f"{header.tags[tag]} {value}" if tag in header.tags else value
    header.parameters = tuple(parameters)
    header.columns = _columns(header.tags.get("returns", ""), where.get("returns", 1), problems)
    needed = (*_NEEDED[""], *_NEEDED.get(folder, ()))
    problems += [Problem(1, f"@{tag} is missing") for tag in needed if not header.tags.get(tag)]
    missing = [c for c in _COLUMNS.get(folder, ()) if c not in {x.name for x in header.columns}]
    problems += [Problem(where.get("returns", 1), f"@returns lacks {c}") for c in missing]
    body = _NOT_CODE.sub("", "\n".join(lines[last:]))
    problems += _unmatched(parameters, set(_USED.findall(body)))
    if not body.strip():
        problems.append(Problem(last, "no query below the header"))
    return header, problems


def _add_parameter(
    value: str, line: int, parameters: list[Parameter], problems: list[Problem]
) -> None:
    match = _PARAM.match(value)
    if match is None:
        problems.append(Problem(line, '@param wants: name type default "English" / "中文"'))
        return
    if match["kind"] not in get_args(Kind):
        problems.append(Problem(line, f"type {match['kind']} is none of {get_args(Kind)}"))
        return
    if match["name"] in {p.name for p in parameters}:
        problems.append(Problem(line, f"parameter {match['name']} is declared twice"))
        return
    kind = cast("Kind", match["kind"])
    try:
        default = _default(match["default"], kind)
    except ValueError as error:
        problems.append(Problem(line, f"default of {match['name']}: {error}"))
        return
    parameters.append(Parameter(match["name"], kind, default, match["en"], match["zh"]))


def _default(text: str, kind: Kind) -> Any:
    if text == "required":
        return REQUIRED
    if text == "today":
        if kind != "date":
            raise ValueError("today is a default of dates only")
        return TODAY
    value = json.loads(text)
    if value is not None and not _CHECKS[kind](value):
        raise ValueError(f"{text} is not a {kind}")
    return value


def _columns(text: str, line: int, problems: list[Problem]) -> tuple[Column, ...]:
    columns = []
    for part in (p.strip() for p in text.split(",") if p.strip()):
        match = _COLUMN.match(part)
        if match is None:
            problems.append(Problem(line, f"@returns: {part!r} is not a column"))
        else:
            columns.append(Column(match["name"], cast("Any", match["flag"])))
    names = [c.name for c in columns]
    problems += [
        Problem(line, f"@returns: {n} stands twice") for n in set(names) if names.count(n) > 1
    ]
    return tuple(columns)


def _unmatched(parameters: list[Parameter], used: set[str]) -> list[Problem]:
    declared = {p.name for p in parameters}
    return [
        Problem(1, f"parameter ${n} is used but not declared") for n in sorted(used - declared)
    ] + [Problem(1, f"parameter ${n} is declared but not used") for n in sorted(declared - used)]


_CHECKS: dict[Kind, Callable[[Any], bool]] = {
    "string": lambda v: isinstance(v, str),
    "int": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "float": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "bool": lambda v: isinstance(v, bool),
    "date": lambda v: isinstance(v, date),
    "strings": lambda v: isinstance(v, list) and all(isinstance(x, str) for x in v),
}

_EXPECTED: dict[Kind, tuple[str, str]] = {
    "string": ("文字", "a text"),
    "int": ("整数", "a whole number"),
    "float": ("数字", "a number"),
    "bool": ("true 或 false", "true or false"),
    "date": ("日期 YYYY-MM-DD", "a date YYYY-MM-DD"),
    "strings": ("用逗号分隔的文字", "texts separated by commas"),
}

_FROM_TEXT: dict[Kind, Callable[[str], Any]] = {
    "string": str,
    "int": int,
    "float": float,
    "bool": lambda t: {"true": True, "false": False}[t.lower()],
    "date": date.fromisoformat,
    "strings": lambda t: [part.strip() for part in t.split(",") if part.strip()],
}


def _bind(parameter: Parameter, value: Any, today: date) -> Any:
    if value is None or value == "":
        if parameter.default is REQUIRED:
            raise BadParameter(
                f"缺少参数 {parameter.name}（{parameter.zh}）。",
                f"parameter {parameter.name} is missing ({parameter.en}).",
                subject=parameter.name,
            )
        return today if parameter.default is TODAY else parameter.default
    if isinstance(value, str) and parameter.kind != "string":
        try:
            value = _FROM_TEXT[parameter.kind](value)
        except (ValueError, KeyError):
            raise _wrong(parameter, value) from None
    if not _CHECKS[parameter.kind](value):
        raise _wrong(parameter, value)
    if parameter.kind == "int" and not -(2**63) <= value < 2**63:
        raise _wrong(parameter, value)
    return float(value) if parameter.kind == "float" else value


def _wrong(parameter: Parameter, value: Any) -> BadParameter:
    zh, en = _EXPECTED[parameter.kind]
    return BadParameter(
        f"参数 {parameter.name} 的值 {str(value)!r} 不合要求，应为{zh}。",
        f"parameter {parameter.name} is {str(value)!r}, expected {en}.",
        subject=parameter.name,
    )
