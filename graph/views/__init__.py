"""Bounded views of the graph for other people's front ends, in the shapes of their libraries."""

from __future__ import annotations

from graph.views.formats import FORMATS, Format, find_format
from graph.views.legend import make_legend
from graph.views.request import VIEWS, ViewLimits, Wanted, read_view
from graph.views.view import View, ViewEdge, ViewNode

__all__ = [
    "FORMATS",
    "VIEWS",
    "Format",
    "View",
    "ViewEdge",
    "ViewLimits",
    "ViewNode",
    "Wanted",
    "find_format",
    "make_legend",
    "read_view",
]
