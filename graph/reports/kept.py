"""Checks that are kept, to be compared with later ones: ids and verdicts only, no names."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from graph.catalogue.profiles import Profile
from graph.errors import BadParameter
from graph.ledger import KeptRun
from graph.ledger.book import no_run
from graph.reading.answer import Answer, Stamp
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.reading.rows import row_as
from graph.reading.snapshot import ask_once
from graph.reports.judged import read_judged
from graph.reports.shapes import RunRow, SideShape
from graph.rules.check import Judged
from graph.rules.runs import withheld_rules
from graph.store import Row

LONGEST = 200
"""Characters of a title, and of who keeps the run."""
NOTED = ("rule", "finding", "subject", "area", "severity", "verdict")


async def keep_run(
    graph: Graph, title: str, made_by: str, *, area: str | None = None, as_of: date | None = None
) -> Answer[RunRow]:
    """Check an area, or everywhere, and keep what was found; the answer is without findings.

    Raises `NotFound`, `BadParameter`.
    """
    title, made_by = _text(title, "title"), _text(made_by, "made_by")

    async def judge_once(asked: Graph) -> Answer[Judged]:
        judged = await read_judged(asked, area=area, as_of=as_of)
        return Answer(judged, judged.stamp)

    judged = (await ask_once(graph, judge_once)).data
    stamp = kept_stamp(graph, judged)
    run = KeptRun(
        title,
        made_by,
        area,
        judged.stamp.as_of,
        judged.stamp.data_version,
        {**stamp, "as_of": str(stamp["as_of"])},
        [note(row) for row in judged.rows],
    )
    kept = await graph.ledger.keep(run)
    return Answer(_run_row(kept), judged.stamp)


async def list_runs(graph: Graph) -> Answer[list[RunRow]]:
    """Every kept run without its findings, the latest first; those of areas one may see."""
    version = await graph.version()
    runs = [_run_row(run) for run in await graph.ledger.runs()]
    if graph.viewer.area is not None:
        tree = await read_areas(graph, graph.today())
        runs = [run for run in runs if run["area"] in tree.below(graph.viewer.area)]
    return Answer(runs, graph.stamp([], {}, version, len(runs)))


async def find_run(graph: Graph, id_: str) -> KeptRun:
    """A kept run of the viewer's area; raises `NotFound` for any other, whether there is one or not."""
    run = await graph.ledger.run(id_)
    if graph.viewer.area is not None:
        tree = await read_areas(graph, graph.today())
        if run.area not in tree.below(graph.viewer.area):
            raise no_run(id_)
    return run


def side_of_run(graph: Graph, run: KeptRun) -> tuple[SideShape, dict[str, Row]]:
    """What a kept run was, and its notes by finding, without rules that the viewer is not given."""
    withheld = withheld_rules(graph)
    notes = {row["finding"]: row for row in run.findings if row["rule"] not in withheld}
    what = {"kind": "run", **_run_row(run), **run.stamp, "as_of": run.as_of, "rows": len(notes)}
    return row_as(SideShape, what), notes


def note(row: Row) -> Row:
    """What is kept of a row: ids, verdict, severity, whether it was waived."""
    return {**{name: row[name] for name in NOTED}, "waived": row["waiver"] is not None}


def kept_stamp(graph: Graph, judged: Judged) -> dict[str, Any]:
    """What two checks have to have in common to be comparable, beside the area."""
    profiles = [graph.profiles[n] for n in sorted({row["profile"] for row in judged.rows})]
    return {
        "as_of": judged.stamp.as_of,
        "data_version": judged.stamp.data_version,
        "queries": judged.stamp.queries,
        "profiles": {p.name: _digest(p, judged.stamp) for p in profiles},
        "rows": len(judged.rows),
    }


def _digest(profile: Profile, stamp: Stamp) -> str:
    """12 digits for the settings of a profile that were in force on the day."""
    applied = [profile.rule(rule, stamp.as_of) for rule in sorted(stamp.queries)]
    text = repr([(a.rule, a.on, a.severity, sorted(a.params.items())) for a in applied])
    return sha256(text.encode()).hexdigest()[:12]


def _run_row(run: KeptRun) -> RunRow:
    return row_as(RunRow, {k: v for k, v in asdict(run).items() if k not in ("findings", "stamp")})


def _text(value: str, name: str) -> str:
    value = value.strip()
    if not 0 < len(value) <= LONGEST:
        raise BadParameter(
            f"{name} 应有 1 至 {LONGEST} 个字。", f"{name} has from 1 to {LONGEST} characters.", subject=name
        )
    return value
