"""The edge types: which labels each may join, how often, what its existence reveals, how it is shown.

Every edge has a half-open period `since <= as_of < until`. An edge starts
at the end with fewer edges of its type: the embedded engine searches from there when it merges.
"""

from graph.model.base import Edge
from graph.model.edges import cooperation, derived, persons, places
from graph.model.edges.ends import BODIES, PLACES, UNITS

__all__ = ["BODIES", "EDGE_TYPES", "PLACES", "UNITS"]

EDGE_TYPES: tuple[type[Edge], ...] = tuple(
    found
    for module in (places, persons, cooperation, derived)
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, Edge) and found is not Edge
)
"""Every class of these modules, in the order in which they are written."""
