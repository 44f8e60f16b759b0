"""The formats: what each library loads as it is, from one view.

A format is a row of `FORMATS`; nothing else names them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from graph.errors import BadParameter
from graph.views.formats.documents import gexf, graphml
from graph.views.formats.drawing import d3, echarts, vis
from graph.views.formats.elements import cytoscape, g6
from graph.views.formats.networks import graphology, nodelink
from graph.views.formats.pairs import pairs
from graph.views.formats.picture import html, svg
from graph.views.view import View

JSON = "application/json"


@dataclass(frozen=True)
class Format:
    """How a view becomes bytes.

    `suffix` is that of a file, offered unless it is JSON. `marked`: Excel opens it, which reads UTF-8
    only behind a byte order mark; a file has one, an answer where it is asked for.
    """

    name: str
    media: str
    suffix: str
    write: Callable[[View], bytes]
    marked: bool = False

    @property
    def is_file(self) -> bool:
        return self.media != JSON


def _json(name: str, shape: Callable[[View], dict[str, Any]]) -> Format:
    return Format(name, JSON, "json", lambda view: orjson.dumps(shape(view)))


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        _json("cytoscape", cytoscape),
        _json("g6", g6),
        _json("graphology", graphology),
        _json("nodelink", nodelink),
        _json("d3", d3),
        _json("vis", vis),
        _json("echarts", echarts),
        Format("graphml", "application/graphml+xml", "graphml", graphml),
        Format("gexf", "application/gexf+xml", "gexf", gexf),
        Format("csv", "text/csv", "csv", pairs, marked=True),
        Format("svg", "image/svg+xml", "svg", svg),
        Format("html", "text/html", "html", html),
    )
}


def find_format(name: str) -> Format:
    """One of `FORMATS`; raises `BadParameter`."""
    try:
        return FORMATS[name]
    except KeyError:
        raise BadParameter(
            f"format 应为：{'、'.join(FORMATS)}。",
            f"format is one of {', '.join(FORMATS)}.",
            subject="format",
        ) from None
