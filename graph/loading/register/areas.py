"""The street and community of a row: found in the graph, or a new community of the place."""

from __future__ import annotations

import re

from graph.ledger.questions import Candidate, Question
from graph.loading.register.kinds import Thing
from graph.loading.register.known import IdsByName, KnownArea
from graph.loading.register.likeness import Names, clean, place_of_body, same_name
from graph.loading.register.reading import Reading, Said
from graph.loading.register.shown import ShownSheet

_SEVERAL = re.compile(r"\S[、，,;；]\s*\S|\S(社区|村|居委会)\s*\n\s*\S+(社区|村|居委会)")
"""清泉、梧桐社区; what a line break tears off (清泉社区⏎居委会) is no second one."""


def area_of(
    reading: Reading, thing: Thing, name: str, cell: Said | None, found: dict[str, str]
) -> str | None:
    """The id of the area that a row names; a register of one community needs no column for it."""
    known = reading.ids.known.areas
    parent = known.get(found.get(thing.within or "", ""), reading.place)
    if not name or cell is None:
        at_home = thing.role == "community" and reading.place.level == "community"
        return reading.place.id if at_home else None
    alike = [
        area.id
        for area in known.values()
        if same_name("Area", area.name) == same_name("Area", name)
        and parent.id in (area.id, *area.above)
        and (area.level == "community") == (thing.role == "community")
    ]
    if len(alike) == 1:
        return _known(reading, alike[0], parent)
    if (wrong := _why_none(thing, name, str(cell.text), parent, alike)) is not None:
        reading.refuse(cell, *wrong)
        return None
    id_ = reading.ids.area(parent.id, name)
    meant = _meant(reading, parent, name, id_)
    if meant in known:
        return _known(reading, meant, parent)
    name = place_of_body(name)
    reading.new_areas[id_] = reading.ids.known.names[id_] = name
    _deliver(reading, id_, name, parent.id)
    return id_


_TITLED = re.compile(
    r"(?:^|街道|镇|乡|[、，,及和与])(?P<name>(?:(?!街道|[镇乡区市县各全本所辖]).){2,5}(?:社区|村))(?!党群|工作|网格化|服务)"
)
"""云山街道清泉社区住宅小区台账: whose the list is; 各社区 and 云山街道社区 are none."""
_OTHERS = re.compile(r"(社区|村)等")


def community_of_title(sheet: ShownSheet, heading: int, known: IdsByName) -> str | None:
    """The one community that the titles above a heading name, which no column says then."""
    cells = [cell for row in sheet.rows[:heading] for cell in row]
    titles = {clean(cell) for cell in cells if isinstance(cell, str) and not _OTHERS.search(cell)}
    names = {area.name for area in known.areas.values() if area.level == "community"}
    found = {name for name in names if any(name in title for title in titles)}
    found |= {match["name"] for title in titles for match in _TITLED.finditer(title)}
    return found.pop() if len(found) == 1 else None


def _known(reading: Reading, id_: str, parent: KnownArea) -> str:
    """An area of the graph; one that an earlier delivery of this source made is delivered again."""
    if reading.ids.known.sources.get(id_) == reading.source:
        name = reading.ids.known.areas[id_].name
        _deliver(reading, id_, name, _directly_above(reading, id_) or parent.id)
    return id_


def _why_none(
    thing: Thing, name: str, text: str, parent: KnownArea, alike: list[str]
) -> tuple[str, str] | None:
    """Why a name that is not that of one known area is not taken for a new community either."""
    if alike:
        listed = "、".join(alike)
        return f"有几个“{name}”（{listed}），请加一列街道", f"several areas: {listed}"
    if _SEVERAL.search(text):
        zh = "写了几个社区；一行只能在一个社区，请分行写"
        return zh, "several communities: a row lies in one, write a row for each"
    if thing.role != "community" or parent.level not in ("subdistrict", "district"):
        return f"{parent.name}下没有“{name}”", f"there is no such area in {parent.id}"
    return None


def _meant(reading: Reading, parent: KnownArea, name: str, new_id: str) -> str:
    """The community that a new name was said to mean; a question where it is nearly that of another."""
    ids, plain = reading.ids, same_name("Area", name)
    key = ids.names.key("Area", parent.id, plain)
    if (said := ids.names.ids.get(key)) is not None:
        return said
    around = [a for a in ids.known.areas.values() if a.level == "community" and parent.id in a.above]
    near = Names(same_name("Area", a.name) for a in around).nearest(plain)
    candidates = [
        Candidate(a.id, a.name, parent.name, round(score))
        for other, score in near
        for a in around
        if same_name("Area", a.name) == other
    ]
    if candidates:
        ids.questions[key] = Question(key, "Area", name, parent.name, new_id, candidates)
    return new_id


def _directly_above(reading: Reading, id_: str) -> str | None:
    """The area that one lies in, as the graph has it: the row may have no street, or name the district."""
    around = reading.ids.known.around
    above = [around[a] for a in around[id_].above if a in around] if id_ in around else []
    return max(above, key=lambda area: len(area.above)).id if above else None


def _deliver(reading: Reading, id_: str, name: str, parent: str) -> None:
    reading.draft.node(id_, {"name": name, "level": "community"})
    reading.draft.edge("PART_OF", id_, parent)
