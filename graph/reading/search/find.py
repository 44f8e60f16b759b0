"""The search itself: words in, ordered hits out.

Records come before published figures, surer hits before looser ones, shorter names first. Persons
are looked for only where personal data may be shown: that a name is found tells that the person is
on record. Notes are never looked through.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import cast

from graph.errors import BadParameter
from graph.model import NODES
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.search.match import BY_ZH, Hit, Word, find_lines
from graph.reading.search.shelves import NameShelf, read_shelves
from graph.reading.shapes import FoundBy, FoundRow
from graph.spelling import fold, split_words

FIGURES = "Claim"
MOST_FOUND = 1_000
"""Hits that one search gives back at most; the stamp says when there are more."""
MOST_WORDS = 8
"""Words of one search; each passes over all names."""


async def search(
    graph: Graph,
    text: str,
    *,
    types: Sequence[str] = (),
    as_of: date | None = None,
    pinyin: bool = False,
    limit: int = MOST_FOUND,
) -> Answer[list[FoundRow]]:
    """Nodes in which every word of `text` is found; `truncated` above `limit`.

    Rows come without their areas, which `add_areas` adds to those that are shown. Raises
    `BadParameter` for a text without a word or with too many, or an unknown type.
    """
    given = split_words(text)
    _check(given, types)
    labels = [x for x in (types or NODES) if not graph.viewer.hides_name(x)]
    held = await read_shelves(graph, labels)
    words = [Word(w, fold(w), held.classes(labels) if pinyin else None) for w in given]
    shelves = [held.of[label] for label in labels]
    found = _best(words, (s for s in shelves if s.label != FIGURES), limit + 1)
    if len(found) <= limit:
        found += _best(words, (s for s in shelves if s.label == FIGURES), limit + 1 - len(found))
    data = [_row(hit) for hit in found[:limit] if graph.viewer.sees(hit.shelf.ids[hit.number])]
    parameters = {"q": text, "types": list(types), "as_of": graph.day(as_of), "pinyin": pinyin}
    stamp = graph.stamp([], parameters, held.version, len(data))
    return Answer(data, replace(stamp, truncated=len(found) > limit))


def _check(words: Sequence[str], types: Sequence[str]) -> None:
    if not words:
        raise BadParameter(
            "q 中没有可查找的文字：请输入汉字、字母或数字。",
            "q holds no character, letter or digit to look for.",
            subject="q",
        )
    if len(words) > MOST_WORDS:
        raise BadParameter(
            f"q 有 {len(words)} 个词，最多 {MOST_WORDS} 个。",
            f"q has {len(words)} words: at most {MOST_WORDS} are looked for.",
            subject="q",
        )
    for label in types:
        if label not in NODES:
            known = "、".join(NODES)
            raise BadParameter(
                f"没有节点类型 {label}；可用：{known}。",
                f"there is no node type {label}; known: {known}.",
                subject="types",
            )


def _best(words: Sequence[Word], shelves: Iterable[NameShelf], most: int) -> list[Hit]:
    """The first hits of all shelves; those of each come in this order already."""
    each = [islice(find_lines(words, shelf), most) for shelf in shelves]
    return list(islice(heapq.merge(*each, key=_order), most))


def _order(hit: Hit) -> tuple[int, int, str]:
    return hit.by, len(hit.shelf.names[hit.number]), hit.shelf.ids[hit.number]


def _row(hit: Hit) -> FoundRow:
    label = hit.shelf.label
    return {
        "id": hit.shelf.ids[hit.number],
        "name": hit.shelf.names[hit.number],
        "label": label,
        "label_zh": NODES[label].zh,
        "found_by": cast("FoundBy", hit.by.name),
        "found_by_zh": BY_ZH[hit.by],
        "matched": hit.matched,
        "areas": [],
        "areas_zh": None,
    }
