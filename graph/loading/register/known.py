"""What the graph holds of a district: the things that the names of a register may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graph.errors import BadParameter
from graph.loading.register.likeness import Names, firm_core, same_name, whole_name
from graph.model import NODES, OPEN_END, area_id
from graph.spelling import fold
from graph.store import Store

_PLACED = {
    "Quarter": "PART_OF",
    "Grid": "PART_OF",
    "OwnersCommittee": "COVERS",
    "PartyOrganization": "COVERS",
    "ResidentsCommittee": "COVERS",
    "PropertyProject": "SERVES",
}
_UNPLACED = ("PropertyFirm", "Unit")
_BELOW = (
    "MATCH (n:PartyOrganization)-[e:SUBORDINATE_TO]->(:PartyOrganization)-[c:COVERS]->(p:Area) "
    "WHERE n.id STARTS WITH $begin AND e.until = $open AND c.until = $open "
    "RETURN DISTINCT n.id AS id, n.name AS name, n.source AS source, p.id AS place"
)
"""Organizations that cover nothing themselves, as 第一党支部, by the area of the one above them."""
OWN = ("党委", "党总支", "党支部", "党工委")
"""What the organization of a street, a community or a quarter is called after it."""
_COMMUNITY = re.compile(r"[^街镇乡区县市]{1,8}(社区|村)(?!$)")
_WHOLE = {"Quarter": whole_name, "PropertyFirm": firm_core}
_ENDS = ("HOLDS_POST", "MEMBER_OF")


@dataclass(frozen=True)
class KnownArea:
    """An area with what it lies in."""

    id: str
    name: str
    level: str | None
    above: frozenset[str]
    synthetic: bool


@dataclass
class IdsByName:
    """By type, place and name the ids; `sources` by id; persons by body and name."""

    district: str
    areas: dict[str, KnownArea] = field(default_factory=dict)
    """The place with all that lies in it."""
    around: dict[str, KnownArea] = field(default_factory=dict)
    """All of the district."""
    named: dict[tuple[str, str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    only: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    persons: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    inside: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    """Name and id of who is in a body now."""
    sources: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _above: set[str] = field(default_factory=set)
    """Names of areas that have communities below them."""
    _persons: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _indexed: bool = False
    _here: dict[tuple[str, str], Names] = field(default_factory=dict)
    _parts: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    _listed: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _wherever: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def plain(self, label: str, name: str, place: str = "") -> str:
        """`same_name`; of an organization of a community without the names of the areas that it is in.

        云山街道清泉社区第一党支部 is 清泉社区第一党支部, and in that community (`place`) 第一党支部.
        """
        text = rest = same_name(label, name)
        if label != "PartyOrganization":
            return text
        while above := self._area_before(rest):
            rest = rest.removeprefix(above)
        text = rest if _COMMUNITY.match(rest) else text
        within = text.removeprefix(fold(self.names.get(place, "")))
        return text if within in OWN else within

    def is_own(self, name: str, area: str) -> bool:
        """Whether a Party organization is called after an area: 中共云山区云山街道工作委员会."""
        text = same_name("PartyOrganization", name)
        while (above := self._area_before(text)) and fold(area) != above:
            text = text.removeprefix(above)
        return text in {f"{fold(area)}{end}" for end in OWN}

    def _area_before(self, text: str) -> str:
        if not self._above:
            levels = (a.name for a in {**self.areas, **self.around}.values() if a.level != "community")
            over = {a for area in self.areas.values() for a in area.above}
            self._above |= {fold(name) for name in (*levels, *(self.names.get(a, "") for a in over)) if name}
        return max((a for a in self._above if text.startswith(a)), key=len, default="")

    def add(self, label: str, id_: str, name: str, source: str, place: str) -> None:
        """A thing that stands at a place, or in the district."""
        self.sources[id_], self.names[id_] = source, name
        self.named[label, place, self.plain(label, name, place)].add(id_)
        self.only[label, place].add(id_)
        self.places[id_].add(place)

    def here(self, label: str, place: str) -> Names:
        """The names of a type within a place, as `same_name` has them."""
        found = self._here.get((label, place))
        if found is None:
            if not self._listed:
                for kind, where, plain in self.named:
                    self._listed[kind, where].append(plain)
            found = self._here[label, place] = Names(self._listed.get((label, place), ()))
        return found

    def communities(self, body: str) -> set[str]:
        """The communities in which a body is, as far as the graph has them."""
        places = self.places.get(body, set())
        return {c for p in places for c in (p, *self.places.get(p, ())) if c in self.around}

    def namesakes(self, homes: Iterable[str], plain: str) -> list[str]:
        """The persons of a name in these communities, by the bodies that they are in."""
        if not self._indexed:
            self._indexed = True
            for (body, name), ids in self.persons.items():
                for home in self.communities(body):
                    self._persons[home, name] |= ids
        return sorted(set().union(*(self._persons.get((home, plain), ()) for home in homes)))

    def meet(self, person: str, homes: Iterable[str], plain: str) -> None:
        """A person of this delivery, whom a later row may name again."""
        for home in homes:
            self._persons[home, plain].add(person)

    def wherever(self, label: str, plain: str) -> set[str]:
        """The things of a name in the communities of the place of the register."""
        return set().union(*(self.named.get((label, area, plain), ()) for area in self.areas))

    def parts(self, label: str, place: str, plain: str) -> list[str]:
        """Of quarters of a place the names that are this one with or without a part: 海夏湾 and 海夏湾1期.

        Of firms those that are this one with other words for what all of them do: 安居物业 and 安居物业服务.
        """
        if label not in _WHOLE:
            return []
        whole_of = _WHOLE[label]
        if (label, place) not in self._parts:
            found = self._parts[label, place] = defaultdict(list)
            for name in self.here(label, place):
                found[whole_of(name)].append(name)
        whole = whole_of(plain)
        alike = self._parts[label, place].get(whole, ())
        return [n for n in alike if n != plain and (label != "Quarter" or whole in (n, plain))]

    def elsewhere(self, label: str, place: str, plain: str) -> list[tuple[str, str]]:
        """Place and id of the quarters of this name in other communities: one may have moved."""
        if label != "Quarter":
            return []
        if not self._wherever:
            for (kind, where, name), ids in self.named.items():
                if kind == label:
                    self._wherever[name] += [(where, id_) for id_ in sorted(ids)]
        return [(where, id_) for where, id_ in self._wherever.get(plain, ()) if where != place]


async def find_place(store: Store, word: str) -> KnownArea:
    """The area of an id, a code or a name; raises `BadParameter`."""
    areas = await _areas(store)
    if area_id(word) in areas:
        return areas[area_id(word)]
    alike = [a for a in areas.values() if same_name("Area", a.name) == same_name("Area", word)]
    exact = [a for a in alike if a.name == word] or alike
    if len(exact) == 1:
        return exact[0]
    if exact:
        listed = "、".join(f"{a.name} {a.id}" for a in exact)
        raise BadParameter(
            f"有几个“{word}”，请写编号：{listed}。", f"several areas {word!r}: {listed}.", subject="place"
        )
    raise BadParameter(
        f"图中没有辖区“{word}”；请先导入行政区划，或写 12 位代码。",
        f"there is no area {word!r}: load the divisions first, or write its code.",
        subject="place",
    )


async def read_known(store: Store, place: KnownArea) -> IdsByName:
    """What the graph holds of the district of a place."""
    known = IdsByName(place.id[:6])
    areas = await _areas(store)
    known.areas = {a.id: a for a in areas.values() if place.id in (a.id, *a.above)}
    known.around = known.areas | {a.id: a for a in areas.values() if a.id.startswith(known.district)}
    rows = await store.read([("MATCH (a:Area) RETURN a.id AS id, a.source AS source", {})])
    known.sources |= {row["id"]: row["source"] for row in rows[0]}
    known.names |= {a.id: a.name for a in areas.values()}
    known.names[known.district] = known.names.get(area_id(known.district), "")
    for label, edge in _PLACED.items():
        text = (
            f"MATCH (n:{label})-[e:{edge}]->(p) WHERE n.id STARTS WITH $begin AND e.until = $open "
            "RETURN DISTINCT n.id AS id, n.name AS name, n.source AS source, p.id AS place"
        )
        for row in await _read(store, text, label, known.district):
            known.add(label, row["id"], row["name"], row["source"], row["place"])
            # A branch of a quarter is distinguished by its name within the community.
            for above in list(known.places.get(row["place"], ())):
                known.named[label, above, known.plain(label, row["name"], above)].add(row["id"])
    for row in await _read(store, _BELOW, "PartyOrganization", known.district):
        known.names[row["id"]], known.sources[row["id"]] = row["name"], row["source"]
        known.places[row["id"]].add(row["place"])
        plain = known.plain("PartyOrganization", row["name"], row["place"])
        known.named["PartyOrganization", row["place"], plain].add(row["id"])
    for label in _UNPLACED:
        text = (
            f"MATCH (n:{label}) WHERE n.id STARTS WITH $begin "
            "RETURN n.id AS id, n.name AS name, n.source AS source"
        )
        for row in await _read(store, text, label, known.district):
            known.add(label, row["id"], row["name"], row["source"], known.district)
    for type_ in _ENDS:
        text = (
            f"MATCH (n:Person)-[e:{type_}]->(b) WHERE n.id STARTS WITH $begin "
            "RETURN n.id AS id, n.name AS name, n.source AS source, b.id AS body, e.until = $open AS now"
        )
        for row in await _read(store, text, "Person", known.district):
            plain = same_name("Person", row["name"])
            known.persons[row["body"], plain].add(row["id"])
            if row["now"]:
                known.inside[row["body"]].add((plain, row["id"]))
            known.sources[row["id"]] = row["source"]
    return known


async def read_since(store: Store, source: str) -> dict[str, Any]:
    """From when on the lists of a source are complete, by the id of the edge."""
    text = "MATCH (:SourceDocument {id: $id})<-[e:COMPLETE_IN]-() RETURN e.id AS id, e.since AS since"
    return {row["id"]: row["since"] for row in (await store.read([(text, {"id": source})]))[0]}


async def _read(store: Store, text: str, label: str, district: str) -> list[dict[str, Any]]:
    given: dict[str, Any] = {"begin": f"{NODES[label].prefix}-{district}-"}
    if "$open" in text:
        given["open"] = OPEN_END
    return (await store.read([(text, given)]))[0]


async def _areas(store: Store) -> dict[str, KnownArea]:
    nodes, edges = await store.read(
        [
            ("MATCH (a:Area) RETURN a.id AS id, a.name AS name, a.level AS level, a.synthetic AS made", {}),
            ("MATCH (a:Area)-[:PART_OF]->(b:Area) RETURN a.id AS id, b.id AS above", {}),
        ]
    )
    over = {row["id"]: row["above"] for row in edges}

    def above(id_: str) -> frozenset[str]:
        found = []
        while (id_ := over.get(id_, "")) and id_ not in found:
            found.append(id_)
        return frozenset(found)

    return {
        r["id"]: KnownArea(r["id"], r["name"], r["level"], above(r["id"]), bool(r["made"])) for r in nodes
    }
