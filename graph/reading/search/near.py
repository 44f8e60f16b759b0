"""The names that are likest to a word that no name holds: a slip of one character."""

from __future__ import annotations

from collections.abc import Sequence

from graph.likest import likest
from graph.model import NODES
from graph.reading.graph import Graph
from graph.reading.search.find import FIGURES
from graph.reading.search.shelves import END, read_shelves
from graph.reading.search.words import other_words
from graph.reading.shapes import NearRow
from graph.spelling import MOST_NEAR, fold

LEAST = 65
"""Of 100 (`likeness`), how alike a name is: one character of three differs."""


async def search_near(graph: Graph, text: str, types: Sequence[str] = ()) -> list[NearRow]:
    """At most three things with the likest names, the likest first; those that the viewer sees.

    Words for the same count: 业委会 is 业主委员会.
    """
    labels = [x for x in (types or NODES) if x != FIGURES and not graph.viewer.hides_name(x)]
    held = await read_shelves(graph, labels)
    found: dict[str, tuple[float, NearRow]] = {}
    for word in other_words(fold(text)):
        for label in labels:
            shelf = held.of[label]
            names = shelf.folded.joined.split(END)[: len(shelf.ids)]
            for number, score in likest(word, names, LEAST, 3 * MOST_NEAR):
                id_ = shelf.ids[number]
                if graph.viewer.sees(id_) and (id_ not in found or found[id_][0] < score):
                    row: NearRow = {"id": id_, "name": shelf.names[number], "label_zh": NODES[label].zh}
                    found[id_] = score, row
    best = sorted(found.values(), key=lambda hit: (-hit[0], hit[1]["id"]))
    return [row for _, row in best[:MOST_NEAR]]
