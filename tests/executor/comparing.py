"""What is compared: the files that find, and rows with the types of their values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graph.catalogue import Catalogue
from graph.executor.columns import Columns
from graph.executor.run import Executor
from graph.reading.findings.scan import BESIDE, FOLDERS, scan, wanted_of
from graph.reading.graph import Graph
from graph.store import Row

GIVEN: dict[str, Any] = {
    "n": 2,
    "zero": 0,
    "neg": -1,
    "f": 1.5,
    "yes": True,
    "none": None,
    "t": "q-990101-01",
    "texts": ["a", "b"],
    "ids": ["q-990101-01", "q-990101-03"],
    "ints": [1, 2],
    "withnull": [1, None],
    "empty": [],
    "day": date(2024, 1, 31),
    "days": [date(2024, 1, 31), date(2024, 2, 29)],
}
"""Parameters of the texts."""
FILES = [query for query in Catalogue.load() if query.folder in FOLDERS or query.name in BESIDE]


async def executor_of(graph: Graph) -> Executor:
    """Texts are run over this graph, held in columns as it is now."""
    wanted = wanted_of(graph.catalogue)
    return Executor(Columns.from_parts(wanted, [part async for part in scan(graph.store, wanted, 10**6)]))


def rows_of(executor: Executor, text: str, parameters: Mapping[str, Any]) -> list[Row]:
    """The rows of a text, as the engine gives them."""
    result = executor.run(text, parameters)
    return [dict(zip(result.names, row, strict=True)) for row in result.rows]


def exact(value: Any) -> Any:
    """A value with its type, which tells true from 1."""
    if isinstance(value, dict):
        return {name: exact(one) for name, one in value.items()}
    return [exact(one) for one in value] if isinstance(value, list) else (type(value), value)


def texts_of(name: str) -> list[str]:
    """The texts in a file under `texts/`, between empty lines; the first part is about them."""
    content = (Path(__file__).parent / "texts" / f"{name}.cypher").read_text("utf-8")
    return content.strip().split("\n\n")[1:]


def given_to(text: str) -> dict[str, Any]:
    """The parameters that a text names."""
    return {name: value for name, value in GIVEN.items() if re.search(rf"\${name}\b", text)}
