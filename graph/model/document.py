"""The model as JSON for front ends: every label, edge type, property and enumeration.

Used by `/model` and by the OpenAPI document.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from graph.model import CROSS_ROLES, EDGES, NODES, OPEN_END, OPEN_START, POSTS, Edge, Node, Property
from graph.model.base import Element, Term
from graph.model.shapes import EdgeType, ModelShape, NodeType, PropertyShape

_JSON_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "enum": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}


@cache
def make_model_document() -> ModelShape:
    """Nodes, edges, enumerations and posts; made once, the model does not change at run time."""
    return {
        "nodes": [_node(label, node) for label, node in NODES.items()],
        "edges": [_edge(type_, edge) for type_, edge in EDGES.items()],
        "enumerations": {
            name: [{"value": term.value, "zh": term.zh} for term in terms]
            for name, terms in sorted(_vocabularies().items())
        },
        "posts": {label: list(roles) for label, roles in POSTS.items()},
        "cross_appointing_posts": {label: list(roles) for label, roles in CROSS_ROLES.items()},
        "open_start": OPEN_START.isoformat(),
        "open_end": OPEN_END.isoformat(),
    }


def node_schema(label: str) -> dict[str, Any]:
    """JSON schema of the properties of a node; none is required, as any may be withheld."""
    node = NODES[label]
    return {
        "title": label,
        "description": f"{node.zh} / {node.en}",
        "type": "object",
        "properties": {n: _schema(p) for n, p in node.properties().items()},
        "additionalProperties": False,
    }


def _vocabularies() -> dict[str, type[Term]]:
    types: list[type[Element]] = [*NODES.values(), *EDGES.values()]
    found = (p.vocabulary for t in types for p in t.properties().values())
    return {v.__name__: v for v in found if v is not None}


def _node(label: str, node: type[Node]) -> NodeType:
    return {
        "label": label,
        "zh": node.zh,
        "en": node.en,
        "prefix": node.prefix,
        "body": node.body,
        "properties": [_property(p) for p in node.properties().values()],
    }


def _edge(type_: str, edge: type[Edge]) -> EdgeType:
    walk = edge.walk
    return {
        "type": type_,
        "zh": edge.zh,
        "en": edge.en,
        "ends": [{"from": list(froms), "to": list(tos)} for froms, tos in edge.ends],
        "key": edge.key,
        "flag": edge.flag,
        "walk": {"direction": walk.direction, "cost": walk.cost, "at": list(walk.at), "out": walk.out}
        if walk
        else None,
        "chain": edge.chain,
        "tie": edge.tie,
        "acyclic": edge.acyclic,
        "derived": edge.derived,
        "properties": [_property(p) for p in edge.properties().values()],
    }


def _property(found: Property) -> PropertyShape:
    return {
        "name": found.name,
        "type": found.kind,
        "enumeration": found.vocabulary.__name__ if found.vocabulary else None,
        "required": found.required,
        "zh": found.prop.zh,
        "en": found.prop.en,
        "unit": found.prop.unit,
        "flag": found.prop.flag,
    }


def _schema(found: Property) -> dict[str, Any]:
    prop = found.prop
    inner = dict(_JSON_TYPES["text" if found.kind == "list" else found.kind])
    if found.vocabulary is not None:
        inner["enum"] = [term.value for term in found.vocabulary]
    schema = {"type": "array", "items": inner} if found.kind == "list" else inner
    unit = f" ({prop.unit})" if prop.unit else ""
    schema["description"] = f"{prop.zh} / {prop.en or prop.zh}{unit}"
    if prop.flag is not None:
        schema["x-flag"] = prop.flag
    return schema
