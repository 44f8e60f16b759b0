"""Every file of candidates on drawn graphs: rows, bars, what is missing, and the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import OPEN_END
from graph.reading.graph import Graph
from tests.builder import BEGIN, GraphBuilder
from tests.oracle.asking import Row, ask, embedded_only, store, view_of
from tests.oracle.candidates import Key, Pool, Standing, party_on
from tests.oracle.community_candidates import CANDIDATES
from tests.oracle.months import blur, sharp
from tests.rules.scenes.drawn_graphs import many_dealt
from tests.strategies import (
    COMMUNITIES,
    DAY,
    DISTRICT,
    TOMORROW,
    YESTERDAY,
    Drawing,
    draw_bodies,
    draw_persons,
    draw_places,
    draw_property,
)

MONTHS = (BEGIN, date(2024, 12, 30), date(2025, 1, 1))
"""Starts of a community worker's post, more and less than six months before the day."""


def draw_bars(d: Drawing) -> None:
    """Boards that supervise, kin, dates of full membership, and units that co-build."""
    persons = d.all("p")
    for person in persons:
        days = [None, BEGIN, date(2024, 6, 30), date(2024, 7, 1), TOMORROW]
        full = d.one(days)
        if full is not None:
            d.builder.nodes[person]["party_full_on"] = full
    for kind, places in (("owners", d.all("q")), ("residents", COMMUNITIES)):
        if d.chance(2):
            board = d.node("sc", kind=kind)
            d.edge(board, "COVERS", d.one(places))
            d.links(persons, "HOLDS_POST", [board], 2, role=["chair", "member"])
    d.links(persons, "EMPLOYED_BY", d.all("pf"), 4, kind=["employee", "shareholder"])
    firms = [e["to"] for e in d.builder.edges.values() if e["type"] == "OPERATED_BY"]
    d.links(persons, "EMPLOYED_BY", [f for f in firms if f.startswith("pf")], 3, kind=["employee"])
    for _ in range(d.number(2, 8)):
        one, two = d.one(persons), d.one(persons)
        if one != two:
            d.edge(one, "RELATED_TO", two, relation=d.one(["spouse", "spouse", "parent", "sibling"]))
    for body in d.all("po", "rc"):
        if body.startswith("rc") or d.builder.nodes[body]["level"] == "community":
            head = "director" if body.startswith("rc") else "secretary"
            d.links(persons, "HOLDS_POST", [body], 2, role=[head])
    for _ in range(d.number(0, 2)):
        unit = d.node(d.one(["u", "pf"]))
        body = d.node("po", level=d.one(["unit", "unit", "sector"]), tier="branch")
        d.edge(body, "COVERS", unit)
        d.links(persons, "HOLDS_POST", [body], 1, role=["secretary", "secretary", "instructor"])
        d.edge(unit, "CO_BUILDS", d.one(d.all("po")))
    d.links(d.all("po"), "CO_BUILDS", d.all("po"), 1)
    for subject in ("ownership", "residence"):
        if d.chance(2):
            d.builder.complete(DISTRICT, subject)
        for place in d.some([*d.all("q", "p"), *COMMUNITIES], 2):
            since, until = d.spell().values()
            d.builder.edge(place, "COMPLETE_IN", "d-990101-register", since, until, subject=subject)


def draw_workers(d: Drawing) -> None:
    """Community workers of more and less than six months, some of whom are secretaries too."""
    for body in d.all("rc"):
        for person in d.some(d.all("p"), 2):
            spell = {"since": d.one([None, *MONTHS]), "until": d.one([DAY, OPEN_END])}
            d.builder.edge(person, "HOLDS_POST", body, role="community_worker", **spell)


def draw_month(d: Drawing) -> None:
    """Of one person or none, the month or year alone of joining or of full membership."""
    persons = [d.builder.nodes[p] for p in d.all("p")]
    dated = [(row, name) for row in persons for name in DAYS if row.get(name)]
    for at in d.some(range(len(dated)), 1):
        blur(*dated[at], d.one(["month", "year"]))


PARTS = (draw_places, draw_bodies, draw_property, draw_persons, draw_bars, draw_workers, draw_month)
DAYS = ("party_joined_on", "party_full_on")


@st.composite
def appointments(draw: st.DrawFn) -> GraphBuilder:
    """Quarters with all their bodies, and persons with all that may bar them."""
    drawing = Drawing(draw)
    for part in PARTS:
        part(drawing)
    return drawing.builder


PARAMS = st.sampled_from(
    [
        {},
        {},
        {"kinds": ["shareholder"], "affiliates": False},
        {"relations": ["sibling"]},
        {"worker_months": 0},
        {
            "min_years": 0,
            "respect_r14": False,
            "resident_required": True,
            "who": "all",
            "admissible": ["branch-property"],
        },
    ]
)


def rank(row: Row) -> tuple[Any, ...]:
    """Free before unconfirmed before blocked, then few posts, then the id."""
    group = 2 if row["blocked_by"] else 1 if row["unconfirmed"] else 0
    last = row["candidate"], row["body"], row["role"], row["from_body"]
    return row["subject"], group, row["posts"], *last


def read(row: Row) -> tuple[Key, Standing]:
    key = row["subject"], row["body"], row["role"], row["from_body"], row["candidate"]
    bars, missing = set(row["blocked_by"]), set(row["unconfirmed"])
    return key, Standing(row["owner"], row["party"], row["posts"], row["closes"], bars, missing)


def expected(builder: GraphBuilder, as_of: date, recompute: Any, found: Pool, **given_: Any) -> Pool:
    """The recomputation on each day that a date may be, as one; a day that decides is said by the file.

    Who is a candidate on some of the days only is one with the day to be confirmed.
    """
    views = list(sharp(builder, as_of))
    pools = [recompute(view, **given_) for view in views]
    merged: Pool = {}
    for key in {key for pool in pools for key in pool}:
        said = [pool.get(key) for pool in pools]
        parties = {party_on(view, key[-1]) for view in views}
        some = next(s for s in said if s is not None)
        missing = set(some.unconfirmed)
        if None in said:
            inexact = builder.nodes[key[-1]].get("date_precision", ())
            marks = {f"{key[-1]}.{word.partition(':')[0]}" for word in inexact}
            decides = found[key].unconfirmed & marks - missing if key in found else set()
            missing |= decides or {"a day that decides"}
        party = parties.pop() if len(parties) == 1 else None
        merged[key] = replace(some, party=party, unconfirmed=missing)
    return merged


@settings(max_examples=25)
@given(builder=appointments(), as_of=st.sampled_from([YESTERDAY, DAY, DAY, TOMORROW]), params=PARAMS)
async def test_each_file_equals_its_recomputation(
    graph: Graph, builder: GraphBuilder, as_of: date, params: dict[str, Any]
) -> None:
    """Who is a candidate, who is barred by what, what is missing, and in which order."""
    embedded_only(graph)
    await store(graph, builder)
    view = view_of(builder, as_of)
    blurred = any(row.get("date_precision") for row in builder.nodes.values())
    for name, recompute in CANDIDATES.items():
        declared = {p.name for p in graph.catalogue[name].parameters}
        given_ = {n: v for n, v in params.items() if n in declared}
        rows = await ask(graph, name, as_of, **given_)
        found = dict(map(read, rows))
        assert len(rows) == len(found), name
        own = expected(builder, as_of, recompute, found, **given_) if blurred else recompute(view, **given_)
        assert own == found, (name, builder)
        assert sorted(rows, key=rank) == rows, name
        assert all(row["evidence"] for row in rows), name
        if name != "candidates_part_time_member":  # its bodies may lie in two communities
            here = [r for r in rows if r["area"] and COMMUNITIES[0] in view.above(r["area"])]
            assert here == await ask(graph, name, as_of, area=COMMUNITIES[0], **given_), name
        for row in rows[-1:]:
            wanted = [r for r in rows if r["subject"] == row["subject"]]
            assert wanted == await ask(graph, name, as_of, subject=row["subject"], **given_), name


def test_such_graphs_bar_by_every_rule() -> None:
    """They are nasty enough: someone is barred by each rule that can."""
    views = [view_of(builder, DAY) for builder in many_dealt(PARTS)]
    standings = [s for view in views for f in CANDIDATES.values() for s in f(view).values()]
    earlier = CANDIDATES["candidates_unified_community_post"]
    standings += [s for v in views for s in earlier(v, resident_required=True).values()]
    bars = {bar for standing in standings for bar in standing.blocked_by}
    assert bars == {"R14", "R24", "R27", "R28", "R29", "R31", "R32", "not_resident"}
