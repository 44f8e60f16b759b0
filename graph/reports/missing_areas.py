"""What is not known, added up along areas: which register or value would decide how many rows where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from graph.errors import BadParameter
from graph.model.vocabulary import AreaLevel
from graph.private import MASK
from graph.reading.answer import Answer
from graph.reading.areas import AreaTree
from graph.reading.graph import Graph
from graph.reading.rows import rows_as
from graph.reports.judged import read_judged
from graph.reports.missing import shown_item
from graph.reports.shapes import MissingAreaRow
from graph.rules.check import Judged
from graph.rules.lacking import SECRET, register_of
from graph.store import Row

WHOLE = "全部", "everywhere"


@dataclass
class _Sum:
    rows: int = 0
    alone: int = 0
    things: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)


def add_up(
    rows: Iterable[Row], places: Sequence[str | None], tree: AreaTree, shown: dict[int, list[str]]
) -> dict[tuple[str | None, tuple[str, str]], _Sum]:
    """By area and register: undecided rows that name it, and those that it alone would decide.

    `shown` are the items of each undecided row as people may see them, by its number. A row counts in the
    first of the places, which is the whole, and in every other that its area is, or lies in.
    """
    sums: dict[tuple[str | None, tuple[str, str]], _Sum] = {}
    for number, row in enumerate(rows):
        items = shown.get(number, ())
        by_kind: dict[tuple[str, str], set[str]] = {}
        for item in items:
            by_kind.setdefault(register_of(item) or SECRET, set()).add(item)
        above = tree.above(row["area"])
        for place in places:
            if place != places[0] and place not in above:
                continue
            for kind, things in by_kind.items():
                found = sums.setdefault((place, kind), _Sum())
                found.rows += 1
                found.alone += len(by_kind) == 1
                found.things |= things
                found.rules.add(row["code"])
    return sums


async def read_missing_by_area(
    graph: Graph, *, area: str | None = None, level: str | None = None, as_of: date | None = None
) -> Answer[list[MissingAreaRow]]:
    """Rows for an area and those directly in it, or those of a level in it; what decides most comes first.

    `rows` name the register, `alone` would be decided by it alone, `things` are the bodies, places and
    persons of which it is missing (null where they are withheld). Raises `NotFound`, `BadParameter`.
    """
    if level is not None and level not in AreaLevel.__members__:
        words = "、".join(AreaLevel.__members__)
        raise BadParameter(f"level 应为：{words}。", f"level is one of {words}.", subject="level")
    judged = await read_judged(graph, area=area, as_of=as_of)
    places = _places(judged.tree, area, level)
    found = sum_missing(graph, judged, places)
    order = {place: n for n, place in enumerate(places)}
    found.sort(key=lambda r: (order[r["area"]], -r["alone"], -r["rows"], r["what_zh"]))
    parameters = {**judged.stamp.parameters, "level": level}
    stamp = replace(judged.stamp, parameters=parameters, rows=len(found))
    return Answer(found, stamp)


def sum_missing(graph: Graph, judged: Judged, places: Sequence[str | None]) -> list[MissingAreaRow]:
    """What undecided rows lack, added up for places, of which the first is the whole."""
    shown = {
        n: [shown_item(graph, row, item) for item in row["missing"]]
        for n, row in enumerate(judged.rows)
        if row["verdict"] == "unknown"
    }
    sums = add_up(judged.rows, places, judged.tree, shown)
    return rows_as(
        MissingAreaRow, [_row(judged.tree, place, kind, total) for (place, kind), total in sums.items()]
    )


def _places(tree: AreaTree, area: str | None, level: str | None) -> list[str | None]:
    if level is not None:
        below = [a for a in tree.below(area) if tree.level(a) == level]
    elif area is not None:
        below = [row["area"] for row in tree.children(area)]
    else:
        below = [a for a in tree.below(None) if len(tree.above(a)) == 1]
    return [area, *sorted(a for a in below if a != area)]


def _row(tree: AreaTree, place: str | None, kind: tuple[str, str], total: _Sum) -> Row:
    name = (tree.name(place) or place) if place is not None else None
    zh, en = name or WHOLE[0], name or WHOLE[1]
    withheld = any(MASK in thing for thing in total.things)
    more = total.rows - total.alone
    also = (f"，另有 {more:,} 项还缺其他", f"; {more:,} more miss something else too") if more else ("", "")
    return {
        "area": place,
        "area_name": zh,
        "level": tree.level(place) if place is not None else None,
        "what_zh": kind[0],
        "what_en": kind[1],
        "things": None if withheld else len(total.things),
        "rows": total.rows,
        "alone": total.alone,
        "rules": sorted(total.rules),
        "sentence_zh": f"{zh}的{kind[0]}：补齐即可判定 {total.alone:,} 项{also[0]}",
        "sentence_en": f"{kind[1]} of {en}: {total.alone:,} rows would be decided{also[1]}",
    }
