"""A node and an edge of a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class NodeRow:
    """A node of a delivery; `properties` holds only what is known."""

    label: str
    id: str
    properties: dict[str, Any]
    row: int

    @property
    def kind(self) -> str:
        return self.label


@dataclass(slots=True)
class EdgeRow:
    """An edge of a delivery, dates filled in, id computed."""

    type: str
    id: str
    start: str
    end: str
    properties: dict[str, Any]
    row: int

    @property
    def kind(self) -> str:
        return self.type
