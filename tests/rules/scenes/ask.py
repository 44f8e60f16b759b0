"""Asking rules: rows and verdicts by the columns that identify a row.

Beside the tests of rules; above the oracle's own asking.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.oracle.asking import Row, ask, store
from tests.oracle.months import agreed, blurred, bounded
from tests.oracle.rules import RULES
from tests.oracle.scene import Scene
from tests.oracle.view import Identity, Verdicts
from tests.strategies import DAY

Params = Mapping[str, Mapping[str, Any]]
"""Parameters by rule."""
WITH_FINDINGS = frozenset(
    {
        "owners_committee_term_expired",
        "owners_committee_filing_overdue",
        "party_term_expired",
        "owners_committee_size_invalid",
        "residents_committee_size_invalid",
    }
)
"""Rules that fail only for a reason that holds on all the days that a date may be."""


async def rows_of(
    graph: Graph, scene: Scene, rule: str, as_of: date = DAY, **params: Any
) -> dict[Identity, Row]:
    """Rows of a rule on a scene that takes the place of whatever the graph holds, by identity."""
    await store(graph, scene.builder)
    return by_identity(graph, rule, await ask(graph, rule, as_of, **params))


async def verdicts_of(graph: Graph, scene: Scene, rule: str, as_of: date = DAY, **params: Any) -> Verdicts:
    """Verdicts of a rule on a scene, by identity."""
    found = await rows_of(graph, scene, rule, as_of, **params)
    return {identity: row["verdict"] for identity, row in found.items()}


async def again(graph: Graph, rule: str, as_of: date = DAY, **params: Any) -> dict[Identity, Row]:
    """Rows of a rule on the graph as it stands, by identity."""
    return by_identity(graph, rule, await ask(graph, rule, as_of, **params))


def by_identity(graph: Graph, rule: str, rows: list[Row]) -> dict[Identity, Row]:
    """Rows by the values of the columns that the file declares to identify a row."""
    columns = graph.catalogue[rule].rule.identity
    found = {tuple(row[c] for c in columns): row for row in rows}
    assert len(rows) == len(found), "identity columns do not identify"
    return found


async def agree(
    graph: Graph, builder: GraphBuilder, as_of: date, rules: Collection[str], params: Params
) -> None:
    """Check that rules equal their recomputation on the graph that a builder wrote."""
    for rule in rules:
        given = params.get(rule, {})
        found = await again(graph, rule, as_of, **given)
        verdicts = {key: row["verdict"] for key, row in found.items()}
        said = bounded(RULES[rule], builder, as_of, **given)
        expected = {key: agreed(words) for key, words in said.items()}
        if rule in WITH_FINDINGS:
            # What fails on all days, but each time for another reason, is said not to be known.
            open_ = {key for key in expected.keys() & verdicts if verdicts[key] == "unknown"}
            expected |= {key: "unknown" for key in open_ if blurred(builder, key)}
        assert verdicts == expected, (rule, builder)
        for key, row in found.items():
            assert bool(row["missing"]) == (row["verdict"] == "unknown"), (rule, key)
            assert row["evidence"] or row["verdict"] not in ("fail", "not_possible"), (rule, key)
