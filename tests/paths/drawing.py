"""Drawn graphs for paths, and where paths may begin."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from hypothesis import strategies as st

from graph.model import OPEN_END, label_of
from graph.paths.resources import SOURCES, STARTS
from tests.builder import BEGIN, GraphBuilder
from tests.oracle.view import View
from tests.strategies import DAY, graphs

EVER = {"since": BEGIN, "until": OPEN_END}


@st.composite
def graphs_with_uses(draw: st.DrawFn) -> GraphBuilder:
    """A drawn graph whose resources have capacities, some of them in use."""
    builder = draw(graphs())
    for number, resource in enumerate([n for n in builder.nodes if n.startswith("r-")]):
        capacity = draw(st.sampled_from([None, 1.0, 2.0]))
        builder.nodes[resource]["capacity"] = capacity
        for use in range(draw(st.integers(0, 2)) if capacity else 0):
            project = builder.node(f"pj-990101-u{number}{use}", status="active")
            until = draw(st.sampled_from([OPEN_END, DAY]))
            amount = draw(st.sampled_from([None, 1.0]))
            builder.edge(project, "USES", resource, amount=amount, until=until)
    return builder


def sources(view: View, labels: Collection[str] = SOURCES) -> Iterator[str]:
    """Whatever paths may be asked from."""
    yield from (n for n in view.nodes if label_of(n) in labels)


def query_for(source: str) -> str:
    """The file that finds the paths of a source."""
    return "resource_paths" if label_of(source) in STARTS else "resource_paths_of_body"


def regardless(builder: GraphBuilder, as_of: Any = DAY) -> View:
    """A view in which every edge that was or will be is open."""
    return View(builder.nodes, {i: {**e, **EVER} for i, e in builder.edges.items()}, as_of)
