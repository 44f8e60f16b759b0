"""What a delivery would end beyond what a register usually loses: it may be of another place.

The register of one street, loaded as that of its district, has nothing of the other streets. With
`--missing end` all of theirs would end; so that has to be confirmed by its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.loading.plan import Options, ending, removing
from graph.loading.present import Present
from graph.loading.rows import EdgeRow
from graph.model import label_of

LEAST = 20
"""Edges that may go without a word, whatever share of the register they are."""
NAMED = 5
_PLACES = ("PART_OF", "COVERS")


def find_much_gone(delivery: Delivery, present: Present, options: Options) -> list[Finding]:
    """A finding where more than half of what the source had goes, or all of an area.

    Where it is only reported a warning; where it would be ended or removed an error, unless `options.gone`
    is the number of edges. Of an area places and bodies of the source were in it, and none is any more.
    """
    goes: Collection[EdgeRow] = present.gone_edges.values()
    if options.missing == "end":
        goes = ending(present, options)
    elif options.missing == "remove":
        goes = removing(present)
    count = len(goes)
    sources = set(present.sources)
    stays = sum(1 for edge in present.edges.values() if edge.properties["source"] in sources)
    areas = _left(delivery, goes)
    many = count >= LEAST and (count > stays or bool(areas))
    if options.gone == count or (options.gone is None and not many):
        return []
    named = "、".join(f"{present.nodes.get(a, {}).get('name', a)} {n} 个" for a, n in areas[:NAMED])
    where_zh = (
        f"；{named}{f' 等 {len(areas)} 个辖区' if len(areas) > NAMED else ''}，本次一条也没有"
        if areas
        else ""
    )
    where_en = f"; of {len(areas)} areas there is nothing left ({areas[0][0]} …)" if areas else ""
    had = count + stays
    part = "若交的只是一部分地方，请把辖区（--place）改成那里"
    if options.missing == "report":
        zh = f"上次的 {had} 条关系中有 {count} 条本次没有{where_zh}。{part}"
        en = f"{count} of {had} ties of the last delivery are missing{where_en}: is it of another place?"
        where = str(delivery.manifest.area or "")
        return [Finding("manifest.toml", 0, "area", where, zh, en, "warning")]
    act_zh, act_en = ("终止", "ended") if options.missing == "end" else ("删除", "removed")
    zh = (
        f"将{act_zh}本来源 {had} 条关系中的 {count} 条{where_zh}。{part}；确实都要{act_zh}的，"
        f"请确认条数 {count}（网页填在“正好终止或删除几条”，命令行 --gone {count}）。"
        "逐条清单：网页选“保留，只列出”再预检，命令行不带 --missing，用 --dry-run -o 变更.xlsx"
    )
    en = (
        f"{count} of the {had} ties of this source would be {act_en}{where_en}: if the delivery is of a part "
        f"only, name that as its place; if all of them are meant, confirm the number {count} (`gone`, --gone)"
    )
    said = "" if options.gone is None else str(options.gone)
    return [Finding("manifest.toml", 0, "gone", said, zh, en)]


def _left(delivery: Delivery, goes: Collection[EdgeRow]) -> list[tuple[str, int]]:
    """Areas of which nothing is left, with how many places and bodies they had, most first."""
    had = Counter(e.end for e in goes if e.type in _PLACES and _is_place(e))
    if not had:
        return []
    has = {
        end
        for block in delivery.edges.blocks
        if block.kind in _PLACES
        for start, end in zip(block.starts, block.ends, strict=True)
        if end in had and label_of(start) != "Area"
    }
    return sorted(((a, n) for a, n in had.items() if a not in has), key=lambda found: (-found[1], found[0]))


def _is_place(edge: EdgeRow) -> bool:
    return label_of(edge.end) == "Area" and label_of(edge.start) != "Area"
