"""Where a Party organization of a register stands: its community and quarter, as far as names say them.

A 党组织花名册 has seldom a column for the community; the name of the organization, or of the one above it,
says it. `庐山社区党委` is the one organization of that community, `丹桂城党支部` below it that of the
quarter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph.loading.register.kinds import Thing, guesses
from graph.loading.register.known import OWN, KnownArea
from graph.loading.register.likeness import clean, same_name
from graph.loading.register.reading import Reading, Row
from graph.model import label_of
from graph.spelling import fold

LABEL = "PartyOrganization"


def community_of(reading: Reading, row: Row, parent: KnownArea) -> str | None:
    """The community below a street or district that the row's organizations name; None where none does."""
    for role, thing in reading.kind.things.items():
        for cell in row.get(f"{role}.name", ()) if thing.guess or thing.of == "community" else ():
            if (found := _named(reading, str(cell.text), parent)) is not None:
                return found
    return None


def area_of_own(reading: Reading, thing: Thing, name: str, areas: Sequence[str | None]) -> str | None:
    """Of a community and a street the one whose one organization has this name: 中共庐山社区委员会."""
    known = reading.ids.known.areas
    for area in areas if thing.guess else ():
        place = known[area].name if area in known else reading.new_areas.get(area or "", "")
        if place and reading.ids.known.is_own(name, place):
            return area
    return None


def streets_named(reading: Reading, thing: Thing, name: str) -> list[str]:
    """The streets that an organization is called after: 中共云河街道工作委员会."""
    plain = fold(name)
    return [
        area.id
        for area in (reading.ids.known.areas.values() if thing.guess else ())
        if area.level == "subdistrict" and fold(area.name) in plain
    ]


def quarter_of(reading: Reading, name: str, community: str) -> str | None:
    """The quarter of a community whose name the organization has: 丹桂城党支部."""
    plain = reading.ids.known.plain(LABEL, name, community)
    found = {
        id_
        for quarter in reading.ids.known.here("Quarter", community)
        if plain in {f"{quarter}{end}" for end in OWN}
        for id_ in reading.ids.known.named["Quarter", community, quarter]
    }
    return found.pop() if len(found) == 1 else None


def words_of(name: str) -> dict[str, str]:
    """Tier and level as far as a name says them, also where it is written in full."""
    return guesses(same_name(LABEL, name)) | guesses(name)


def tie_superiors(reading: Reading) -> None:
    """What rows name that may have a row of its own, now that all of them are read."""
    rows: dict[str, list[str]] = defaultdict(list)
    for id_, element in reading.draft.nodes.items():
        rows[reading.ids.known.plain(label_of(id_), element.values["name"])].append(id_)
    homes = {
        mentioned.found[reading.kind.main]: mentioned.found.get("community")
        for mentioned in reading.rows.values()
        if reading.kind.main in mentioned.found
    }
    for spot, thing, start, name in reading.later:
        reading.draft.spots.append(reading.draft.spots[spot])
        found = reading.rows[spot].found
        parent = reading.ids.known.areas.get(found.get("street", ""), reading.place)
        home = _named(reading, name, parent)
        plain = reading.ids.known.plain(thing.label, name)
        same = [id_ for id_ in rows.get(plain, ()) if label_of(id_) == thing.label]
        same = [id_ for id_ in same if homes.get(id_) == home] or same
        end = same[0] if len(same) == 1 else _not_a_row(reading, thing, name, home, found.get("street"))
        edge = next(e for e in reading.kind.edges if e["to"] == thing.role)
        if end != start:
            reading.draft.edge(edge["type"], start, end)


def _not_a_row(reading: Reading, thing: Thing, name: str, home: str | None, street: str | None) -> str:
    areas = (home, street, reading.place.id, *streets_named(reading, thing, name))
    own = area_of_own(reading, thing, name, areas)
    if own is not None:
        end = reading.ids.only(thing.label, own)
    else:
        end = reading.ids.thing(thing.label, home or reading.place.id[:6], name)
    if reading.ids.known.sources.get(end, reading.source) == reading.source:
        reading.draft.node(end, {"name": clean(name), **words_of(name)})
        if own is not None:
            reading.draft.edge("COVERS", end, own)
    return end


def _named(reading: Reading, text: str, parent: KnownArea) -> str | None:
    plain = fold(text)
    found = [
        area
        for area in reading.ids.known.areas.values()
        if area.level == "community" and parent.id in (area.id, *area.above) and fold(area.name) in plain
    ]
    longest = max((len(area.name) for area in found), default=0)
    best = [area.id for area in found if len(area.name) == longest]
    return best[0] if len(best) == 1 else None
