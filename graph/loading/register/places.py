"""Whether a register is of the place as which it is loaded: its communities say so."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from graph.loading.findings import Finding
from graph.loading.register.likeness import same_name
from graph.loading.register.reading import Reading

FEW = 2
"""Communities, or rows, that may have it by chance."""
NAMED = 5


def check_place(reading: Reading) -> None:
    """Say where the communities of the rows are those of another street, or of a part of the place alone."""
    _elsewhere(reading)
    _part(reading)


def _elsewhere(reading: Reading) -> None:
    """New communities that the district has already, in another street."""
    known, place = reading.ids.known, reading.place.name
    named = {same_name("Area", a.name): a for a in known.around.values() if a.level == "community"}
    found = [a for n in reading.new_areas.values() if (a := named.get(same_name("Area", n))) is not None]
    if not found:
        return
    streets = Counter(_street(reading, area.id) for area in found)
    street = streets.most_common(1)[0][0]
    listed = "、".join(sorted(f"{a.name}（{_street(reading, a.id)}）" for a in found)[:NAMED])
    zh = f"{len(found)} 个社区不在{place}，图中已有同名的：{listed}"
    en = f"{len(found)} communities are not in {place}, and the graph has them elsewhere: {listed}"
    if len(found) >= FEW and len(found) * 2 > len(_communities(reading)):
        _say(
            reading,
            "error",
            f"{zh}；请把辖区（--place）改成{street}，或所在的区",
            f"{en}: is the place {street}?",
        )
    else:
        _say(reading, "warning", f"{zh}；按新的社区处理，请核对", f"{en}; taken for new ones")


def _part(reading: Reading) -> None:
    """All rows in one street or community of a place that has several."""
    areas, place = reading.ids.known.areas, reading.place
    parts = {_part_of(reading, id_) for id_ in _communities(reading)}
    all_parts = {_part_of(reading, id_) for id_ in areas if id_ != place.id}
    if len(reading.rows) < FEW or len(parts) != 1 or len(all_parts) < FEW or None in parts:
        return
    (part,) = parts
    name = areas[str(part)].name if part in areas else reading.new_areas.get(str(part), str(part))
    zh = (
        f"{len(reading.rows)} 行都在{name}，而辖区写的是{place.name}："
        f"若只是{name}的台账，请把辖区（--place）改成{name}"
    )
    en = f"all {len(reading.rows)} rows lie in {name}, and the place is {place.name}: is it of {name} alone?"
    _say(reading, "warning", f"{zh}；否则会算作{place.name}同类台账的一次更新", f"{en} It counts as of all")


def _say(reading: Reading, level: Literal["error", "warning"], zh: str, en: str) -> None:
    draft = reading.draft
    draft.findings.append(Finding(draft.file, 0, "place", reading.place.name, zh, en, level))


def _communities(reading: Reading) -> set[str]:
    """The communities of the rows, and the streets of those that say no more."""
    found = {row.found.get("community") or row.found.get("street") for row in reading.rows.values()}
    return {id_ for id_ in found if id_ is not None and id_ != reading.place.id}


def _part_of(reading: Reading, id_: str) -> str | None:
    """What lies directly in the place and has an area in it, or is it."""
    around, place = reading.ids.known.around, reading.place
    if id_ not in around:
        edges = reading.draft.edges
        above = next((e for t, s, e, _ in edges if t == "PART_OF" and s == id_), place.id)
        return id_ if above == place.id else _part_of(reading, above)
    way = [around[a] for a in (id_, *around[id_].above) if a in around]
    return next((a.id for a in way if a.above == {place.id, *place.above}), None)


def _street(reading: Reading, id_: str) -> str:
    around = reading.ids.known.around
    streets = (around[a] for a in around[id_].above if a in around)
    return next((a.name for a in streets if a.level == "subdistrict"), id_)
