"""Needs and resources of small graphs, in words."""

from __future__ import annotations

from tests.builder import GraphBuilder

FIRST, SECOND = "q-990101-01", "q-990101-02"


def need(builder: GraphBuilder, place: str, *categories: str) -> str:
    """An open need at a place that resources of some categories would meet."""
    id_ = builder.node(
        "n-990101-1", kind="need", category="elderly", status="open", resource_categories=list(categories)
    )
    builder.edge(id_, "CONCERNS", place)
    return id_


def resource(builder: GraphBuilder, provider: str, number: int, category: str = "medical") -> str:
    """A resource and who offers it."""
    id_ = builder.node(f"r-990101-{number}", category=category)
    builder.edge(provider, "OFFERS", id_)
    return id_
