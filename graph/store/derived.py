"""Derived edges, made anew in the transaction that changed what they follow from.

CROSS_APPOINTMENT follows from posts; WITHIN, from PART_OF, is in `store.within`. Read first, write
afterwards: a `MATCH … MERGE` in one statement reported more rows than pairs on the embedded engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import combinations
from typing import Any

from graph.model import CROSS_ROLES, crosses, label_of
from graph.model.precision import precision_of
from graph.store import Row, Statement, Store, Transaction
from graph.store.changes import Change, differences
from graph.store.within import differing_places, place_statements

_POSTS = (
    "MATCH (p:Person)-[h:HOLDS_POST]->(b) "
    "RETURN p.id AS person, b.id AS body, h.id AS post, h.role AS role, h.since AS since, "
    "h.until AS until, h.since_known AS since_known, h.synthetic AS synthetic, "
    "h.date_precision AS date_precision"
)
_DERIVED = "MATCH (a)-[e:CROSS_APPOINTMENT]->(b) RETURN properties(e) AS edge, a.id AS start, b.id AS end"
_NAMED = ("person", "body", "post", "place", "above", "area", "start", "end")
"""Columns that hold ids, here and in `within`."""


def derive_edges(posts: Iterable[Mapping[str, Any]]) -> Iterator[Change]:
    """Every cross-appointment of these posts (keys as in `_POSTS`), as creations."""
    by_person: dict[str, list[Mapping[str, Any]]] = {}
    for post in posts:
        if crosses(post["body"], post["role"]):
            by_person.setdefault(post["person"], []).append(post)
    for person, held in by_person.items():
        for one, two in combinations(sorted(held, key=lambda p: (p["body"], p["post"])), 2):
            since, until = max(one["since"], two["since"]), min(one["until"], two["until"])
            if one["body"] == two["body"] or since >= until:
                continue
            edge = {
                "id": f"{one['post']}&{two['post']}",
                "person": person,
                "post_a": one["post"],
                "post_b": two["post"],
                "role_a": one["role"],
                "role_b": two["role"],
                "spell": 1,
                "since": since,
                "until": until,
                "since_known": one["since_known"] and two["since_known"],
                "synthetic": one["synthetic"] or two["synthetic"],
                "source": "derived",
            }
            if marks := _precision(one, two, since, until):
                edge["date_precision"] = marks
            yield Change("CROSS_APPOINTMENT", None, edge, one["body"], two["body"])


def _precision(one: Mapping[str, Any], two: Mapping[str, Any], since: Any, until: Any) -> list[str]:
    """How precisely the ends are known: as of the post that each is from; a day where one has it."""
    found = []
    for name, end in (("since", since), ("until", until)):
        whose = [post for post in (one, two) if post[name] == end]
        known = {precision_of(post, name) for post in whose}
        if "day" not in known:
            found.append(f"{name}:{min(known)}")
    return found


async def rederive(tx: Transaction, persons: Collection[str], bodies: Collection[str]) -> list[Change]:
    """The changes of cross-appointments that the posts of these persons ask for.

    `bodies` are those in which posts of theirs were changed or removed.
    """
    text = "UNWIND $ids AS id MATCH (p:Person {id: id}) WITH p " + _POSTS.replace(":Person", "")
    posts = await tx.run(text, {"ids": sorted(persons)})
    by_label: dict[str, set[str]] = {label: set() for label in CROSS_ROLES}
    for body in {post["body"] for post in posts} | set(bodies):
        by_label.get(label_of(body), set()).add(body)
    standing: list[Row] = []
    for label, ids in by_label.items():
        text = f"UNWIND $ids AS id MATCH (a:{label} {{id: id}}) WITH a " + _DERIVED
        rows = await tx.run(text, {"ids": sorted(ids)}) if ids else []
        standing += [row for row in rows if row["edge"]["person"] in persons]
    return differences("CROSS_APPOINTMENT", derive_edges(posts), standing)


def verify_statements() -> list[Statement]:
    """Everything that derived edges follow from, and all derived edges, of the whole graph."""
    return [(_POSTS, {}), (_DERIVED, {}), *place_statements()]


def differing(results: Sequence[Sequence[Row]]) -> list[Change]:
    """What has to change so that all derived edges are true; rows of `verify_statements`."""
    posts, standing, *places = results
    crossed = differences("CROSS_APPOINTMENT", derive_edges(posts), standing)
    return crossed + differing_places(places)


def without_damaged(results: Sequence[Sequence[Row]]) -> tuple[list[list[Row]], int]:
    """Rows of `verify_statements` that can be compared, and how many cannot: a day or an id is missing."""
    kept = [[row for row in rows if _is_whole(row)] for rows in results]
    return kept, sum(map(len, results)) - sum(map(len, kept))


def _is_whole(row: Mapping[str, Any]) -> bool:
    known = {**row.get("edge", {}), **row}
    ids = (known[name] for name in ("id", *_NAMED) if name in known)
    days = (known.get(name) for name in ("since", "until") if name in known or "edge" in row)
    whole = all(isinstance(id_, str) for id_ in ids) and ("edge" not in row or "id" in known)
    return whole and all(isinstance(day, date) and not isinstance(day, datetime) for day in days)


async def verify(store: Store) -> list[Change]:
    """Differences between the derived edges and a recomputation; empty when they are true."""
    return (await verify_whole(store))[0]


async def verify_whole(store: Store) -> tuple[list[Change], int]:
    """What `verify` gives, and how many elements could not be compared, since they are damaged themselves.

    What follows from those is among the differences.
    """
    kept, damaged = without_damaged(await store.read(verify_statements()))
    return differing(kept), damaged
