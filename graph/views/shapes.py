"""What a view looks like from outside: graphs and their legend."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from graph.model.base import Line


@with_config(ConfigDict(extra="allow"))
class GraphShape(TypedDict):
    """图。 What the library of `format` loads: its own words, see docs/views.md."""

    directed: NotRequired[Annotated[bool | None, Field(description="仅 cytoscape、nodelink / only there")]]
    nodes: NotRequired[
        Annotated[list[dict[str, Any]] | None, Field(description="除 cytoscape 外 / but cytoscape")]
    ]


class ColourRow(TypedDict):
    """一种颜色。 A colour of the legend."""

    colour_key: str
    colour: Annotated[str, Field(examples=["#CC6677"])]
    zh: str
    en: str


class NodeLegend(ColourRow):
    """一种节点。 How a node type is drawn."""

    node_type: str
    shape: Annotated[str, Field(description="形状 / shape", examples=["circle"])]


class EdgeLegend(ColourRow):
    """一种关系。 How an edge type is drawn."""

    edge_type: str
    line: Line


class LegendShape(TypedDict):
    """图例。 Colours, and how every node and edge type is drawn."""

    colours: list[ColourRow]
    nodes: list[NodeLegend]
    edges: list[EdgeLegend]
