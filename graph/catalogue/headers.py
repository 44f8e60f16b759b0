"""The header of a `.cypher` file: reading it, and binding parameters to it.

The format is described in `docs/catalogue.md`; `kinds` types what the tags of each folder hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, cast

from graph.catalogue.parameters import Parameter, bind_all, declared
from graph.catalogue.topics import TOPICS
from graph.catalogue.turns import Turn, declared_turns
from graph.model import EDGES, NODES

_TAG = re.compile(r"//\s*@(?P<tag>[a-z]+(?:\.zh)?)(?:\s+(?P<value>.*\S))?\s*$")
_FINDING = re.compile(r'(?P<code>\w+)\s+"(?P<en>[^"]*)"\s*/\s*"(?P<zh>[^"]*)"$')
_MEASURE = re.compile(r'(?P<column>\w+)\s+(?P<kind>bool|sum)\s+"(?P<en>[^"]*)"\s*/\s*"(?P<zh>[^"]*)"$')
_CLAIM = re.compile(r"(?P<metric>\w+\.\w+)\s+(?P<count>\w+(?: \w+)?)$")
_PLACE = re.compile(r"\{(\w*)\}")
_COLUMN = re.compile(r"(?P<name>\w+)(?::(?P<flag>personal|sensitive))?$")
_USED = re.compile(r"\$(\w+)")
_NOT_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.S)

_NEEDED: dict[str, tuple[str, ...]] = {
    "": ("title", "title.zh", "returns", "source"),
    "queries": ("topic",),
    "rules": ("rule", "severity", "identity", "places", "version", "verified", "reason", "reason.zh"),
    "coverage": ("dimension", "subject", "denominator", "places", "closes", "reason", "reason.zh"),
    "candidates": ("fills",),
    "closers": ("closes", "kind", "reason", "reason.zh"),
}
_KNOWN = {t for tags in _NEEDED.values() for t in tags} | {
    "about",
    "about.zh",
    "param",
    "finding",
    "measure",
    "claim",
    "rules",
    "settings",
    "tells",
    "turns",
}
_COLUMNS: dict[str, tuple[str, ...]] = {
    "rules": ("subject", "area", "verdict", "missing", "evidence"),
    "coverage": ("subject", "area", "state", "since", "missing", "evidence"),
    "candidates": ("subject", "area", "candidate", "blocked_by", "unconfirmed", "evidence"),
    "closers": ("candidate", "name", "metres", "minutes", "nodes", "edges", "starts", "sources"),
    "scopes": ("subject", "place"),
}
KEPT = ("rules", "coverage", "scopes")
"""Folders whose rows are kept, and hold for another day where nothing turns in between."""
_PLAIN: dict[str, frozenset[str]] = {
    "rules": frozenset({"subject", "area", "verdict", "severity"}),
    "coverage": frozenset({"subject", "area", "state"}),
}
"""Columns that say of whom a row speaks, and the verdict; all others of a file with `@tells` are
withheld with what it reveals."""
_WORD = re.compile(r"\w+")
_DECLARED = [(n, p.prop.flag) for e in (*NODES.values(), *EDGES.values()) for n, p in e.properties().items()]
UNCLEAR = {n for n, flag in _DECLARED if flag is not None}
"""Names of secret properties; some are names of open properties of other types, too."""
SECRETS = (UNCLEAR - {n for n, flag in _DECLARED if flag is None}) | {
    t for t, edge in EDGES.items() if edge.flag is not None
}
"""Ties and properties that are personal or sensitive wherever they are named."""
COUNTS = ("covered", "total", "share", "bodies", "none")
"""What a published figure can be held against; else a column is summed, or the rows of a query of
the same area are counted (`rows stations`)."""


@dataclass(frozen=True)
class HeaderProblem:
    """What is wrong with a file, and in which line (1 is the first)."""

    line: int
    text: str


@dataclass(frozen=True)
class Column:
    """One returned column; `flag` says that it holds personal or sensitive data."""

    name: str
    flag: Literal["personal", "sensitive"] | None = None


@dataclass(frozen=True)
class Measure:
    """A second measure of a dimension: a column of three values, or of numbers that are summed."""

    column: str
    kind: Literal["bool", "sum"]
    title: str
    title_zh: str


@dataclass
class Header:
    """The interface of a file."""

    tags: dict[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    findings: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What the codes in a rule's column `findings` mean, in English and Chinese."""
    measures: tuple[Measure, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    """Where a row lies: columns, each with the file of `scopes/` that says where what it names is."""
    turns: tuple[Turn, ...] | None = ()
    """The days on which its rows may become others; None: on every day."""
    claims: dict[str, str] = field(default_factory=dict)
    """By metric of published figures: what in the rows they can be held against, see `COUNTS`."""

    @property
    def tells(self) -> tuple[str, ...]:
        """Personal and sensitive ties and properties on which rows rest; none: rows reveal nothing."""
        return tuple(word.strip() for word in self.tags.get("tells", "").split(",") if word.strip())

    @property
    def title(self) -> str:
        return self.tags["title"]

    @property
    def title_zh(self) -> str:
        return self.tags["title.zh"]

    @property
    def source(self) -> str:
        """What the question rests on: a text of law, a document, or the model."""
        return self.tags["source"]

    @property
    def about(self) -> str | None:
        return self.tags.get("about")

    @property
    def about_zh(self) -> str | None:
        return self.tags.get("about.zh")

    @property
    def reason(self) -> str:
        """The sentence of a row, with columns in braces."""
        return self.tags["reason"]

    @property
    def reason_zh(self) -> str:
        return self.tags["reason.zh"]

    def bind(self, given: Mapping[str, Any], *, today: date) -> dict[str, Any]:
        """Typed values for every declared parameter; see `Query.bind`."""
        return bind_all(self.parameters, given, today=today)


def read_header(text: str, folder: str) -> tuple[Header, list[HeaderProblem]]:
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
            problems.append(HeaderProblem(number, f"unknown tag @{tag}"))
        elif tag == "param":
            _add_parameter(value, number, parameters, problems)
        elif tag == "finding":
            _add_finding(value, number, header, problems)
        elif tag == "measure":
            _add_measure(value, number, header, problems)
        elif tag == "claim":
            _add_claim(value, number, header, problems)
        else:
            header.tags[tag] = f"{header.tags[tag]} {value}" if tag in header.tags else value
    header.parameters = tuple(parameters)
    header.columns = _columns(header.tags.get("returns", ""), where.get("returns", 1), problems)
    header.places = _places(header, where.get("places", 1), problems)
    needed = [t for t in (*_NEEDED[""], *_NEEDED.get(folder, ())) if not header.tags.get(t)]
    problems += [HeaderProblem(1, f"@{tag} is missing") for tag in needed]
    topic = header.tags.get("topic")
    if topic is not None and (folder != "queries" or topic not in TOPICS):
        problems.append(HeaderProblem(where["topic"], f"@topic is of queries/ only, one of {TOPICS}"))
    missing = [c for c in _COLUMNS.get(folder, ()) if c not in {x.name for x in header.columns}]
    problems += [HeaderProblem(where.get("returns", 1), f"@returns lacks {c}") for c in missing]
    problems += _misplaced(header, where) + _uncounted(header, where)
    body = _NOT_CODE.sub("", code := "\n".join(lines[last:]))
    problems += _undeclared(header, where, body)
    given = header.tags.get("turns"), code, {p.name for p in parameters}
    header.turns, unclear = declared_turns(*given, kept=folder in KEPT)
    problems += [HeaderProblem(where.get("turns", 1), text) for text in unclear]
    header.columns = tuple(_withheld(header, folder))
    problems += _unmatched(parameters, set(_USED.findall(body)))
    if not body.strip():
        problems.append(HeaderProblem(last, "no query below the header"))
    return header, problems


def _undeclared(header: Header, where: dict[str, int], body: str) -> list[HeaderProblem]:
    """What @tells names is secret and is read; what the body reads of secrets is named.

    `any` means ties of every type, distinguished by `type(…)`. A secret property may be read without
    being named if it only comes back, withheld.
    """
    words, line = set(_WORD.findall(body)), where.get("tells", 1)
    returned = {c.name for c in header.columns if c.flag is not None}
    return [
        HeaderProblem(line, f"@tells: {w} is no personal or sensitive tie or property that is read")
        for w in header.tells
        if (w not in words or w not in SECRETS | UNCLEAR) and (w, "type" in words) != ("any", True)
    ] + [
        HeaderProblem(line, f"{w} is personal or sensitive and read: name it in @tells")
        for w in sorted(SECRETS & words)
        if w not in header.tells and w not in returned
    ]


def _withheld(header: Header, folder: str) -> Iterator[Column]:
    """The columns, those flagged that say more than a verdict about a subject.

    Of a file with `@tells`, every column may state what its rows rest on.
    """
    kept = _PLAIN.get(folder, frozenset()) | {p.strip() for p in header.tags.get("identity", "").split(",")}
    for column in header.columns:
        tells = bool(header.tells) and folder in _PLAIN and column.name not in kept
        yield Column(column.name, "sensitive") if tells and column.flag is None else column


def _add_parameter(value: str, line: int, parameters: list[Parameter], problems: list[HeaderProblem]) -> None:
    try:
        parameter = declared(value)
    except ValueError as error:
        problems.append(HeaderProblem(line, str(error)))
        return
    if parameter.name in {p.name for p in parameters}:
        problems.append(HeaderProblem(line, f"parameter {parameter.name} is declared twice"))
        return
    parameters.append(parameter)


def _add_finding(value: str, line: int, header: Header, problems: list[HeaderProblem]) -> None:
    match = _FINDING.match(value)
    if match is None or match["code"] in header.findings:
        problems.append(HeaderProblem(line, '@finding wants: code "English" / "中文", each code once'))
        return
    header.findings[match["code"]] = match["en"], match["zh"]


def _add_measure(value: str, line: int, header: Header, problems: list[HeaderProblem]) -> None:
    match = _MEASURE.match(value)
    if match is None:
        problems.append(HeaderProblem(line, '@measure wants: column bool|sum "English" / "中文"'))
        return
    kind = cast("Any", match["kind"])
    header.measures += (Measure(match["column"], kind, match["en"], match["zh"]),)


def _add_claim(value: str, line: int, header: Header, problems: list[HeaderProblem]) -> None:
    match = _CLAIM.match(value)
    if match is None or match["metric"] in header.claims:
        problems.append(HeaderProblem(line, "@claim wants: metric.part count, each metric once"))
        return
    header.claims[match["metric"]] = match["count"]


def _uncounted(header: Header, where: dict[str, int]) -> list[HeaderProblem]:
    """What is measured or held against a published figure must be a column, or a known count."""
    columns = {c.name for c in header.columns}
    measured = {m.column for m in header.measures}
    counted = {c for c in header.claims.values() if c not in COUNTS and " " not in c}
    return [
        HeaderProblem(where["measure"], f"@measure: {n} is not a column") for n in sorted(measured - columns)
    ] + [
        HeaderProblem(where["claim"], f"@claim: {n} is neither a column nor one of {COUNTS}")
        for n in sorted(counted - columns)
    ]


def _misplaced(header: Header, where: dict[str, int]) -> list[HeaderProblem]:
    """What a reason names in braces must be a column; codes of findings need their column."""
    columns = {c.name for c in header.columns}
    problems = [
        HeaderProblem(where[tag], f"@{tag}: {{{name}}} is not a column")
        for tag in ("reason", "reason.zh")
        for name in _PLACE.findall(header.tags.get(tag, ""))
        if name not in columns
    ]
    if bool(header.findings) != ("findings" in columns):
        problems.append(HeaderProblem(where.get("returns", 1), "@finding and column findings go together"))
    return problems


def _columns(text: str, line: int, problems: list[HeaderProblem]) -> tuple[Column, ...]:
    columns = []
    for part in (p.strip() for p in text.split(",") if p.strip()):
        match = _COLUMN.match(part)
        if match is None:
            problems.append(HeaderProblem(line, f"@returns: {part!r} is not a column"))
        else:
            columns.append(Column(match["name"], cast("Any", match["flag"])))
    names = [c.name for c in columns]
    problems += [HeaderProblem(line, f"@returns: {n} stands twice") for n in set(names) if names.count(n) > 1]
    return tuple(columns)


def _places(header: Header, line: int, problems: list[HeaderProblem]) -> tuple[tuple[str, str], ...]:
    """`@places column file, …`: each column is one of the file's."""
    columns = {c.name for c in header.columns}
    found = []
    for part in (p.split() for p in header.tags.get("places", "").split(",") if p.strip()):
        if len(part) != 2 or part[0] not in columns:  # noqa: PLR2004
            problems.append(HeaderProblem(line, "@places wants: column file, … of columns that are returned"))
        else:
            found.append((part[0], part[1]))
    return tuple(found)


def _unmatched(parameters: list[Parameter], used: set[str]) -> list[HeaderProblem]:
    declared = {p.name for p in parameters}
    return [HeaderProblem(1, f"parameter ${n} is used but not declared") for n in sorted(used - declared)] + [
        HeaderProblem(1, f"parameter ${n} is declared but not used") for n in sorted(declared - used)
    ]
