"""The secrets of a graph, changed: names, party data, notes, and every tie that is itself a secret."""

from __future__ import annotations

from typing import Any

from graph.model import EDGES, NODES
from graph.reading.graph import Graph
from graph.reading.masking import flagged_types
from graph.store import Transaction
from graph.store.version import new_mark

MARK = "秘钥"
"""What every changed text has in it, so that it is found in an answer."""
TIE = "since: date('2020-01-01'), until: date('9999-12-31'), since_known: true, source: 'd-990101-x'"


async def change_secrets(graph: Graph, notes: bool = True) -> None:
    """Other values of everything that is flagged, and other secret ties; nothing else changes.

    Every second of the old ties goes; each person whose id ends in an even digit lives, owns and
    reports elsewhere, and is employed by a firm and kin of another. Names come in the opposite order. The
    state of the data gets another mark, at the same version: else findings that were kept would answer.
    """

    async def work(tx: Transaction) -> None:
        await tx.run(
            "MATCH (p:Person) SET p.name = $mark + reverse(p.id), p.party_full_on = null, "
            "p.public_post = 'civil_servant', p.party_category = null, "
            "p.date_precision = ['party_joined_on:year'], "
            "p.gender = CASE p.gender WHEN 'female' THEN 'male' ELSE 'female' END, "
            "p.party_joined_on = date('2001-07-01'), p.party_status = CASE p.party_status "
            "WHEN 'full' THEN 'none' WHEN 'none' THEN null ELSE 'full' END",
            {"mark": MARK},
        )
        await tx.run(
            "MATCH ()-[e:HOLDS_POST]->() SET e.paid = true, e.pay_basis = $mark, e.note = $mark",
            {"mark": MARK},
        )
        await tx.run("MATCH ()-[e:HOLDS_POST]->() SET e.capacity = 'police'")
        for label in NODES if notes else ():
            await tx.run(f"MATCH (n:{label}) SET n.note = $mark", {"mark": MARK})
        for type_ in EDGES if notes else ():
            await tx.run(f"MATCH ()-[e:{type_}]->() SET e.note = $mark", {"mark": MARK})
        for type_ in sorted(flagged_types()):
            rows = await tx.run(f"MATCH ()-[e:{type_}]->() RETURN e.id AS id ORDER BY id")
            gone = [row["id"] for row in rows][::2]
            await tx.run(f"UNWIND $gone AS id MATCH ()-[e:{type_} {{id: id}}]->() DELETE e", {"gone": gone})
        persons = [r["id"] for r in await tx.run("MATCH (p:Person) RETURN p.id AS id ORDER BY id")]
        for type_, label in (
            ("LIVES_IN", "Quarter"),
            ("OWNS_HOME_IN", "Quarter"),
            ("MEMBER_OF", "PartyOrganization"),
            ("REPORTED_TO", "PartyOrganization"),
            ("EMPLOYED_BY", "PropertyFirm"),
            ("RELATED_TO", "Person"),
        ):
            ends = [r["id"] for r in await tx.run(f"MATCH (n:{label}) RETURN n.id AS id ORDER BY id")]
            pairs: list[dict[str, Any]] = [
                {"a": a, "b": ends[(7 * i + 3) % len(ends)]}
                for i, a in enumerate(persons)
                if a[-1] in "02468"
            ]
            more = {"RELATED_TO": ", relation: 'spouse'", "EMPLOYED_BY": ", kind: 'employee'"}.get(type_, "")
            await tx.run(
                f"UNWIND $pairs AS pair MATCH (a:Person {{id: pair.a}}) MATCH (b:{label} {{id: pair.b}}) "
                f"CREATE (a)-[:{type_} {{id: pair.a + '~{type_}~' + pair.b + '~9', spell: 9, "
                f"synthetic: true, {TIE}{more}}}]->(b)",
                {"pairs": [p for p in pairs if p["a"] != p["b"]]},
            )
        await tx.run("MATCH (m:Meta {id: 'meta'}) SET m.mark = $mark", {"mark": new_mark()})

    await graph.store.write(work)


async def secrets_of(graph: Graph) -> set[str]:
    """The texts that no one may read without the right: asked of the store, type by type."""
    found: set[str] = set()
    (persons,) = await graph.store.read([("MATCH (p:Person) RETURN p.name AS name", {})])
    found |= {row["name"] for row in persons}
    for type_ in sorted(flagged_types()):
        (ties,) = await graph.store.read([(f"MATCH ()-[e:{type_}]->() RETURN e.id AS id", {})])
        found |= {row["id"] for row in ties}
    for label in NODES:
        text = f"MATCH (n:{label}) WHERE n.note IS NOT NULL RETURN DISTINCT n.note AS note"
        (notes,) = await graph.store.read([(text, {})])
        found |= {row["note"] for row in notes}
    return found


async def flagged_values(graph: Graph) -> dict[str, list[Any]]:
    """What stands in each flagged property, type by type, in the order of the ids."""
    patterns = {**{t: f"(x:{t})" for t in NODES}, **{t: f"()-[x:{t}]->()" for t in EDGES}}
    found = {}
    for name, kind in {**NODES, **EDGES}.items():
        for word, declared in kind.properties().items():
            if declared.prop.flag is not None:
                text = f"MATCH {patterns[name]} RETURN x.{word} AS value ORDER BY x.id"
                (rows,) = await graph.store.read([(text, {})])
                found[f"{name}.{word}"] = [row["value"] for row in rows]
    return found
