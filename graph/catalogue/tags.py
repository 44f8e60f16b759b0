"""Reading the header of a `.cypher` file, tag by tag; problems are collected, not raised."""

from __future__ import annotations

import re
from typing import Any, cast

from graph.catalogue.headers import Column, Header, HeaderProblem, Measure
from graph.catalogue.parameters import Parameter, declared
from graph.catalogue.telling import flagged_columns, unnamed_secrets
from graph.catalogue.topics import TOPICS
from graph.catalogue.turns import declared_turns

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
COUNTS = ("covered", "total", "share", "bodies", "none")
"""What a published figure can be held against; else a column is summed, or the rows of a query of
the same area are counted (`rows stations`)."""


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
    problems += unnamed_secrets(header, where, body)
    given = header.tags.get("turns"), code, {p.name for p in parameters}
    header.turns, unclear = declared_turns(*given, kept=folder in KEPT)
    problems += [HeaderProblem(where.get("turns", 1), text) for text in unclear]
    header.columns = tuple(flagged_columns(header, folder))
    problems += _unmatched(parameters, set(_USED.findall(body)))
    if not body.strip():
        problems.append(HeaderProblem(last, "no query below the header"))
    return header, problems


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
