"""The graph model: the one source of truth for labels, edge types, properties, posts and walks.

In reading order: `base` says what a property and a type are, `vocabulary` lists the words, `nodes`
and `edges` are the types, `registry` finds them, `dictionary` writes them down.
"""

from graph.model.registry import (
    AUXILIARY,
    BODIES,
    CROSS_ROLES,
    EDGES,
    NEED_MEETS,
    NODES,
    OPEN_END,
    OPEN_START,
    POSTS,
    Edge,
    Flag,
    Node,
    PostRole,
    Property,
    area_id,
    crosses,
    edge_id,
    edge_ids,
    is_valid_id,
    label_of,
    labels_by_prefix,
    misformed,
    walk_cost,
)

__all__ = [
    "AUXILIARY",
    "BODIES",
    "CROSS_ROLES",
    "EDGES",
    "NEED_MEETS",
    "NODES",
    "OPEN_END",
    "OPEN_START",
    "POSTS",
    "Edge",
    "Flag",
    "Node",
    "PostRole",
    "Property",
    "area_id",
    "crosses",
    "edge_id",
    "edge_ids",
    "is_valid_id",
    "label_of",
    "labels_by_prefix",
    "misformed",
    "walk_cost",
]
