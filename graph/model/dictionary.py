"""The data dictionary, written from the model: `python -m graph.model.dictionary [FILE]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from graph.model import CROSS_ROLES, EDGES, NODES, POSTS, Edge, Property, vocabulary
from graph.model.base import Element, Term

FLAGS = {None: "", "personal": "P", "sensitive": "S"}


def make_dictionary() -> str:
    """The whole dictionary as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Data dictionary 数据字典"
    yield ""
    yield "Written by `make docs` from `graph/model/registry.py`; do not edit. \\* required, "
    yield "**P** personal, **S** sensitive (withheld unless shown on purpose)."
    yield ""
    yield f"{len(NODES)} node types, {len(EDGES)} edge types. An empty value means *not known*; "
    yield "known absence is a value (`false`, `0`, `none`)."
    yield ""
    yield "## Node types 节点"
    for label, node in NODES.items():
        yield ""
        yield f"### {label} {node.zh}"
        yield ""
        prefix = f"id prefix `{node.prefix}-`" if node.prefix else "id begins with a digit"
        yield f"{node.en}; {prefix}."
        yield ""
        yield from _properties(node)
    yield ""
    yield "## Edge types 关系"
    for type_, edge in EDGES.items():
        yield ""
        yield f"### {type_} {edge.zh}"
        yield ""
        yield from _edge(edge)
        yield ""
        yield from _properties(edge)
    yield ""
    yield "## Posts 职务"
    yield ""
    yield "Roles in bold count for CROSS_APPOINTMENT."
    yield ""
    yield "| body | roles |"
    yield "|---|---|"
    for label, roles in POSTS.items():
        cross = CROSS_ROLES.get(label, ())
        names = (f"{r} {vocabulary.PostRole[r].zh}" for r in roles)
        shown = (f"**{n}**" if r in cross else n for r, n in zip(roles, names, strict=True))
        yield f"| {label} | {', '.join(shown)} |"
    yield ""
    yield "## Enumerations 枚举"
    for name, kind in sorted(vars(vocabulary).items(), key=lambda pair: pair[0]):
        if isinstance(kind, type) and issubclass(kind, Term) and kind is not Term:
            yield ""
            yield f"### {name}"
            yield ""
            yield "; ".join(f"`{t.value}` {t.zh}" for t in kind)


WAYS = {"up": "from → to", "down": "to → from", "out": "from → to as the first step of a body or person"}


def _edge(edge: type[Edge]) -> Iterator[str]:
    for froms, tos in edge.ends:
        yield f"- {', '.join(froms)} → {', '.join(tos)}"
    if edge.flag is not None:
        yield f"- its existence is {edge.flag} (**{FLAGS[edge.flag]}**)"
    if edge.walk is not None:
        at = f", from {', '.join(edge.walk.at)}" if edge.walk.at else ""
        yield f"- resource paths walk it {WAYS[edge.walk.direction]} at cost {edge.walk.cost}{at}"
        if edge.walk.out:
            yield f"- and {WAYS['out']}, at the same cost"
    if edge.chain is not None:
        yield f"- contact chains walk it either way at cost {edge.chain}"
    if edge.tie is not None:
        yield f"- connections of any two nodes walk it either way at cost {edge.tie}"
    for rule in edge.cardinalities:
        who = ", ".join(rule.labels) or "a node"
        with_ = f" with {', '.join((*rule.other, *rule.roles))}" if rule.other or rule.roles else ""
        high = "any number" if rule.high is None else f"at most {rule.high}"
        low = f"at least {rule.low}, " if rule.low else ""
        yield f"- {low}{high} at one date at the `{rule.side}` end of {who}{with_} [{rule.level}]"
    if edge.derived:
        yield "- derived, never imported"
    if edge.auxiliary:
        yield "- a shortcut: left out of neighbourhoods and the legend unless it is named"


def _properties(element: type[Element]) -> Iterator[str]:
    yield "| property | 中文 | type | | meaning |"
    yield "|---|---|---|---|---|"
    for name, found in element.properties().items():
        yield f"| `{name}`{'*' if found.required else ''} | {found.prop.zh} | {_kind(found)} | " + (
            f"{FLAGS[found.prop.flag]} | {found.prop.en} |"
        )


def _kind(found: Property) -> str:
    inner = found.vocabulary.__name__ if found.vocabulary else ""
    kind = f"list of {inner or 'text'}" if found.kind == "list" else inner or found.kind
    return f"{kind}, {found.prop.unit}" if found.prop.unit else kind


if __name__ == "__main__":
    target = sys.argv[1:]
    if target:
        Path(target[0]).write_text(make_dictionary(), "utf-8")
    else:
        sys.stdout.write(make_dictionary())
