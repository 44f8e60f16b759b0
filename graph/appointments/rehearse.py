"""What a proposal would change, without changing it: the rules before and after, rolled back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.appointments.changes import plan_changes, read_standing
from graph.appointments.proposal import Proposal
from graph.appointments.reach import area_statement
from graph.appointments.shapes import EffectRow, EffectsShape, GraphChangeShape
from graph.reading.answer import Answer
from graph.reading.areas import AREAS_OF_BODIES, AreaTree, areas_without_overlap
from graph.reading.findings.find import find_kept, keep
from graph.reading.findings.reach import reads, words_of
from graph.reading.graph import Graph
from graph.reading.places import everywhere
from graph.reading.rows import rows_as
from graph.reading.viewer import Viewer
from graph.rules.check import shown_rows
from graph.rules.runs import Run, plan_runs, withheld_rules
from graph.rules.sentences import explain_rows
from graph.store import Row, Transaction, from_writer
from graph.store.changes import Change, apply_changes
from graph.store.derived import rederive
from graph.store.version import META, check_meta, edition_of
from graph.store.within import moves_places, rederive_places

REHEARSED = "d-000000-rehearsal"
"""The source document that posts of a rehearsal name."""


@dataclass
class Effects:
    """What a proposal does: rows of the rules before and after it, by the id of the finding."""

    version: int
    edition: str | None
    """The state of the data before; None where nothing was loaded."""
    tree: AreaTree
    runs: list[Run]
    changes: list[Change]
    before: dict[str, Row] = field(default_factory=dict)
    after: dict[str, Row] = field(default_factory=dict)
    asked_before: list[tuple[Run, list[Row]]] = field(default_factory=list)
    """Rows of before that were not kept and had to be asked; they are kept afterwards."""

    def compared(self) -> dict[str, list[Row]]:
        """Findings that appear, disappear and stay, and other rows whose verdict changes.

        A finding is a row with verdict `fail`. Every row has `verdict_before`, None where there
        was no such row; one that disappears with its row is shown as it was.
        """
        found: dict[str, list[Row]] = {"appear": [], "disappear": [], "stay": [], "changed": []}
        for key in sorted({*self.before, *self.after}):
            old, new = self.before.get(key), self.after.get(key)
            was, now = old and old["verdict"], new and new["verdict"]
            row = {**(new or old or {}), "verdict": now, "verdict_before": was}
            if was == now == "fail":
                found["stay"].append(row)
            elif now == "fail":
                found["appear"].append(row)
            elif was == "fail":
                found["disappear"].append(row)
            elif was != now:
                found["changed"].append(row)
        return found


@from_writer
async def rehearse(graph: Graph, proposal: Proposal, *, full: bool = False) -> Answer[EffectsShape]:
    """Which findings a proposal makes appear, disappear, or leaves; nothing is written.

    Rows are those of `check_rules`, with `verdict_before`. `full` runs every rule in every place
    instead of those that the changes can touch. Raises `ProposalRejected`, and what `Graph.read` raises.
    """
    places = await everywhere(graph)

    async def work(tx: Transaction) -> Effects:
        return await effects(graph, tx, proposal, places, REHEARSED, full=full)

    found = await graph.store.rehearse(work)
    # Trying the next person then computes only what comes after.
    for run, rows in found.asked_before:
        await keep(graph, found.edition, run.ask, rows)
    return await rehearsal_answer(graph, proposal, found)


async def effects(
    graph: Graph,
    tx: Transaction,
    proposal: Proposal,
    places: list[str | None],
    source: str,
    *,
    full: bool = False,
) -> Effects:
    """Carry a proposal out in a transaction, and run the rules before and after."""
    day = proposal.as_of
    meta = await tx.run(*META)
    query = graph.catalogue["area_tree"]
    tree = AreaTree(await tx.run(query.text, graph.bind_known(query, {"as_of": day})))
    standing = await read_standing(tx, proposal)
    changes = plan_changes(proposal, standing, source)
    areas_asked = area_statement(graph.catalogue[AREAS_OF_BODIES], changes, day)
    scopes = areas_without_overlap((row["area"] for row in await tx.run(*areas_asked)), tree)
    if full or scopes == [None]:  # a body that lies nowhere may matter in every place
        scopes = places
    words = words_of(changes)
    names = {q.name for q in graph.catalogue.folder("rules") if full or reads(q, words)}
    runs = plan_runs(graph, tree, scopes, day, names)
    found = Effects(check_meta(meta), edition_of(meta), tree, runs, changes)
    await _find_before(graph, tx, found)
    await carry_out(tx, changes)
    for run in runs:
        _add(found.after, run, await tx.run(*run.statement))
    return found


async def carry_out(tx: Transaction, changes: list[Change]) -> None:
    """Write changes of posts and bodies, and the derived edges that follow from them."""
    await apply_changes(tx, changes)
    if moves_places(changes):
        await apply_changes(tx, await rederive_places(tx))
    posts = [c for c in changes if c.kind == "HOLDS_POST"]
    if posts:
        persons, bodies = {c.start for c in posts}, {c.end for c in posts}
        await apply_changes(tx, await rederive(tx, persons, bodies))


async def _find_before(graph: Graph, tx: Transaction, found: Effects) -> None:
    """Rows as they stand: those that are kept, and the others asked."""
    unmasked = graph.under(Viewer(personal=True))
    kept = await find_kept(unmasked, found.edition, [run.ask for run in found.runs])
    for run, cut in zip(found.runs, kept, strict=True):
        if cut is None:
            rows = await tx.run(*run.statement)
            found.asked_before.append((run, rows))
        else:
            rows = list(cut.rows())
        _add(found.before, run, rows)


def _add(found: dict[str, Row], run: Run, rows: Iterable[Row]) -> None:
    for row in run.judge(rows):
        found.setdefault(row["finding"], row)


async def rehearsal_answer(graph: Graph, proposal: Proposal, found: Effects) -> Answer[EffectsShape]:
    """Effects as an answer: masked, named, stamped."""
    rules = {run.query.name: run.query for run in found.runs}
    shown: dict[str, list[EffectRow]] = {}
    for kind, rows in found.compared().items():
        judged = [r for row in rows for r in shown_rows(graph, rules[row["rule"]], [row], found.tree)]
        await explain_rows(graph, judged)
        shown[kind] = rows_as(EffectRow, judged)
    areas = sorted({run.area for run in found.runs if run.area})
    data: EffectsShape = {
        "appear": shown["appear"],
        "disappear": shown["disappear"],
        "stay": shown["stay"],
        "changed": shown["changed"],
        "rules": [query.rule.code for query in rules.values()],
        "areas": areas,
        "changes": [_described(graph, change) for change in found.changes],
    }
    parameters = {"as_of": proposal.as_of, "changes": len(proposal.changes)}
    rows_in_all = sum(map(len, shown.values()))
    withheld = withheld_rules(graph)
    stamp = graph.stamp(
        [*rules.values()], parameters, found.version, rows_in_all, withheld=withheld, about=areas
    )
    return Answer(data, stamp)


def _described(graph: Graph, change: Change) -> GraphChangeShape:
    """A change of the graph as data: what, and which values before and after."""
    before, _ = graph.viewer.properties(change.kind, change.before or {})
    after, _ = graph.viewer.properties(change.kind, change.after or {})
    names = [n for n in {**before, **after} if before.get(n) != after.get(n)]
    return {
        "id": change.id,
        "type": change.kind,
        "action": change.action,
        "before": {n: before[n] for n in names if n in before},
        "after": {n: after[n] for n in names if n in after},
    }
