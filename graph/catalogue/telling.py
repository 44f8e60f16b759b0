"""What a header has to say of the secrets that its file reads, and which columns they make secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.headers import Column, Header, HeaderProblem
from graph.model import EDGES, NODES

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


def unnamed_secrets(header: Header, where: dict[str, int], body: str) -> list[HeaderProblem]:
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


def flagged_columns(header: Header, folder: str) -> Iterator[Column]:
    """The columns, those flagged that say more than a verdict about a subject.

    Of a file with `@tells`, every column may state what its rows rest on.
    """
    kept = _PLAIN.get(folder, frozenset()) | {p.strip() for p in header.tags.get("identity", "").split(",")}
    for column in header.columns:
        tells = bool(header.tells) and folder in _PLAIN and column.name not in kept
        yield Column(column.name, "sensitive") if tells and column.flag is None else column
