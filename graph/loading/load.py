"""Loading a delivery: read, check, compare, write as one atomic change, keep derived edges true."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from graph.data_files import data_folder
from graph.errors import BadParameter, EnvironmentFault, LoadConflict
from graph.loading import journal
from graph.loading.blocks import Rows
from graph.loading.check import Checker
from graph.loading.coordinates import check_coordinates, to_wgs84
from graph.loading.delivery import Delivery, read_delivery
from graph.loading.findings import DeliveryRejected, Finding
from graph.loading.inexact import followed_ties, inexact_periods
from graph.loading.journal import write_load
from graph.loading.merging.away import follow_merges, merged_away
from graph.loading.much_gone import find_much_gone
from graph.loading.outcome import lines_of
from graph.loading.overruled import find_overruled
from graph.loading.plan import Options, Plan, around, make_plan
from graph.loading.plausible import find_implausible
from graph.loading.present import Present, read_present
from graph.loading.read_back import count_kinds, read_back
from graph.loading.report import LoadReport, already_loaded, report_on
from graph.loading.unplaced import find_unplaced
from graph.loading.write import Progress, Work, write_work
from graph.model import NODES
from graph.pausing import PAUSE
from graph.store import Store, Transaction, from_writer
from graph.store.changes import apply_changes
from graph.store.derived import differing, verify_statements, without_damaged
from graph.store.history import ChangeSet, Touch, filled_in, touches
from graph.store.schema import apply_schema, complete_schema
from graph.store.version import (
    read_loads,
    read_state,
    refuse_outdated,
    take_version,
    write_derived_number,
    written_at,
)

SINGLE_TRANSACTION = 100_000
"""Changes up to which a load is one transaction: both engines carry it in a heap of 768 MiB."""

Read = Callable[[Path], tuple[Delivery | None, list[Finding]]]
"""Reads a delivery; without a usable manifest there are only findings."""
Look = Callable[[Delivery, Present, Plan | None], Awaitable[list[Finding]]]
"""Looks at a delivery before it is compared (without a plan) and after; its errors refuse the delivery."""


def _quiet(_step: str, _done: int, _total: int) -> None:
    return None


@from_writer
async def load_delivery(
    store: Store,
    folder: Path,
    *,
    read: Read = read_delivery,
    options: Options | None = None,
    who: str = "",
    resume: bool = False,
    dry_run: bool = False,
    today: date | None = None,
    progress: Progress = _quiet,
    look: Look | None = None,
    single_transaction: int = SINGLE_TRANSACTION,
    in_place: bool = False,
) -> LoadReport:
    """Load one folder, or what `read` makes a delivery of; `look` may refuse what is valid.

    What the options end or remove is left out of the checks. What had ended before `today` is
    history: it is not reported as gone, ended or removed again. A `dry_run` goes as far as the
    comparison and writes nothing. `in_place`: as where nothing can be written beside the graph. Raises
    `DeliveryRejected` (with every finding), `GraphOutdated` or `LoadConflict`; then nothing was written,
    or the graph is left marked as an incomplete load.
    """
    await apply_schema(store)
    now = await read_state(store)
    if now.outdated and now.loading is None:
        refuse_outdated()
    options, today = options or Options(), today or date.today()
    _check_options(options, today)
    delivery = _read(folder, read, progress)
    if now.loading is not None and not (resume and now.loading == delivery.digest):
        raise LoadConflict(
            "有一个导入尚未完成；请对同一目录用 --resume 继续，或用 --discard 撤销。",
            "a load is not complete: resume it with the same folder, or discard it.",
            subject=str(folder),
        )
    last = await _last(store, delivery)
    known = last.get("digest") == delivery.digest and options == Options()
    decided = last.get("base") == last.get("number")
    if known and decided and now.loading is None and last.get("data_version") == now.version:
        return already_loaded(delivery, now.version)
    progress("check", 0, 1)
    counted = await count_kinds(store)
    judged = _judge(store, delivery, options, today, last, look=look or _everything, counted=counted)
    plan, findings, present = await judged
    progress("check", 1, 1)
    if known and now.loading is None and not (plan.changes or plan.changed_since or plan.conflicts):
        return already_loaded(delivery, now.version, findings)
    report = report_on(delivery, plan, findings, options)
    report.lines = partial(lines_of, delivery, present, plan)
    if dry_run:
        return replace(report, dry_run=True, version=now.version)
    title = f"{delivery.manifest.place_zh} {delivery.manifest.batch}"
    made = ChangeSet(0, "load", delivery.manifest.source, title, who=who, options=str(options))
    inexact = inexact_periods(delivery, present, plan) + followed_ties(plan, last.get("inexact") or ())
    work = _work(delivery, plan, made, now.version, last.get("base"), inexact=inexact)
    begun = now.loading is not None
    report.derived = await write_work(
        store, work, progress, most=single_transaction, begun=begun, in_place=in_place
    )
    report.version = (await read_state(store)).version
    await read_back(store, counted, plan.changes, report.version)
    return report


async def _judge(
    store: Store,
    delivery: Delivery,
    options: Options,
    today: date,
    last: dict[str, Any],
    *,
    look: Look,
    counted: Mapping[str, int],
) -> tuple[Plan, list[Finding], Present]:
    """What the load would do, what there is to say, and what the graph holds; raises `DeliveryRejected`."""
    wrong = await _check_manifest(store, delivery) if delivery.usable else []
    wrong += follow_merges(delivery, await merged_away(store))
    past = None if options.history else today
    present = await read_present(store, delivery, past, counted)
    _refuse(delivery, await look(delivery, present, None))
    findings = delivery.findings + wrong
    findings += check_coordinates(delivery) if delivery.usable else []
    findings += find_much_gone(delivery, present, options) if delivery.usable else []
    to_wgs84(delivery)
    touched = await _touched(store, delivery, last)
    with PAUSE:
        plan = make_plan(delivery, present, options, touched)
    doubtful = {d.id for d in plan.conflicts} | {entry.rpartition(".")[0] for entry in plan.emptied}
    if added := await filled_in(store, doubtful):
        with PAUSE:
            plan = make_plan(delivery, present, options, touched, added)
    _leave_out(delivery, plan)
    if any(finding.column == "needs" for finding in wrong):
        delivery.broken |= set(NODES)  # any node may be in what is not loaded yet: told once, not per id
    checker = Checker(delivery, present.nodes, around(present, options), plan.results)
    findings = [delivery.locate(f) for f in findings + checker.check()]
    if not delivery.usable or any(f.level == "error" for f in findings):
        raise DeliveryRejected(str(delivery.folder), findings)
    _refuse(delivery, await look(delivery, present, plan))
    noted = [
        *await find_unplaced(store, delivery, present.nodes),
        *await find_overruled(store, delivery),
        *find_implausible(delivery, today),
    ]
    return plan, findings + [delivery.locate(f) for f in noted], present


def _leave_out(delivery: Delivery, plan: Plan) -> None:
    """Rows of what others removed and the load leaves away are judged as little as they are written."""
    if plan.left:
        delivery.nodes = Rows(node for node in delivery.nodes if node.id not in plan.left)
        delivery.edges = Rows(edge for edge in delivery.edges if edge.id not in plan.left)


async def _everything(_delivery: Delivery, _present: Present, _plan: Plan | None) -> list[Finding]:
    return []


def _refuse(delivery: Delivery, found: list[Finding]) -> None:
    """Raises `DeliveryRejected` if anything was found."""
    if found:
        raise DeliveryRejected(str(delivery.folder), [delivery.locate(f) for f in found])


async def _touched(store: Store, delivery: Delivery, last: dict[str, Any]) -> dict[str, Touch]:
    """What others changed of the delivery's elements since this source's last delivery."""
    if "base" not in last:
        return {}
    ids = {*delivery.nodes.ids(), *delivery.edges.ids()}
    return await touches(store, last["base"], ids, delivery.manifest.source)


def _check_options(options: Options, today: date) -> None:
    """Raises `BadParameter` unless the options agree and `ended_on` is not in the future."""
    if options.missing == "end" and options.ended_on is None:
        raise BadParameter("缺少终止日（--ended-on）。", "--ended-on is missing.", subject="ended_on")
    if options.ended_on is not None and options.missing != "end":
        raise BadParameter(
            "终止日（--ended-on）须与“自某日起终止”（--missing end）同用。",
            "--ended-on goes with --missing end.",
            subject="ended_on",
        )
    if options.ended_on is not None and options.ended_on > today:
        raise BadParameter(
            f"终止日 {options.ended_on} 在今天（{today}）之后。",
            f"the end {options.ended_on} is later than today ({today}).",
            subject="ended_on",
        )
    if options.history is not None and (options.missing != "remove" or not options.history.strip()):
        raise BadParameter(
            "--history 须写明理由，并与“删除”（--missing remove）同用。",
            "--history takes a reason and goes with --missing remove.",
            subject="history",
        )


@from_writer
async def rebuild_derived(store: Store) -> int:
    """Make the derived edges equal to a recomputation, as one change; how many differed.

    Constraints that are gone, as with the file of an index, are made anew before. Afterwards a graph that
    another version of the program wrote can be queried again. Raises `EnvironmentFault` where something that
    derived edges follow from is damaged.
    """
    await apply_schema(store)
    await complete_schema(store)
    now = await read_state(store)

    async def work(tx: Transaction) -> int:
        found, damaged = without_damaged([await tx.run(*statement) for statement in verify_statements()])
        if damaged:
            raise EnvironmentFault(
                f"{damaged} 个元素有损坏，不能据以推导；请先运行 cobuild verify 查明并恢复。",
                f"{damaged} elements are damaged, so nothing can be derived from them: see `cobuild verify`.",
            )
        changes = differing(found)
        if changes or now.outdated:
            await take_version(tx, now.version)
            await apply_changes(tx, changes)
            await write_derived_number(tx)
        return len(changes)

    return await store.write(work)


@from_writer
async def discard(store: Store, progress: Progress = _quiet) -> int:
    """Undo an incomplete load, batch by batch; the number of batches. Can be run again."""
    if (await read_state(store)).loading is None:
        return 0
    total = await journal.journal_length(store)
    done = 0
    while await journal.undo_last(store):
        done += 1
        progress("discard", done, total)
    await store.write(journal.end_batches)
    return done


def _read(folder: Path, read: Read, progress: Progress) -> Delivery:
    progress("read", 0, 1)
    delivery, findings = read(folder)
    if delivery is None:
        raise DeliveryRejected(str(folder), findings)
    progress("read", 1, 1)
    return delivery


async def _last(store: Store, delivery: Delivery) -> dict[str, Any]:
    """What is known of the last delivery of the same source; empty if there was none."""
    loads = await read_loads(store)
    return next((x for x in loads if x["source"] == delivery.manifest.source), {})


async def _check_manifest(store: Store, delivery: Delivery) -> list[Finding]:
    """What the manifest says has to fit the graph: needs, area, profile, names of places."""
    manifest = delivery.manifest
    others = [x for x in await read_loads(store) if x["source"] != manifest.source]
    wrong: list[tuple[str, str, str, str]] = []
    for need in manifest.needs:
        if need not in {load["place"] for load in others}:
            zh = "请先导入它所依赖的数据；本次未在其中查找编号"
            en = "load what it depends on first: ids were not looked for in it"
            wrong.append(("needs", need, zh, en))
    lacks = bool(wrong)
    if manifest.area is not None and manifest.area not in delivery.nodes.ids() and not lacks:
        text = "MATCH (a:Area {id: $id}) RETURN a.id AS id"
        if not (await store.read([(text, {"id": manifest.area})]))[0]:
            wrong.append(("area", manifest.area, "没有这个辖区", "there is no such area"))
    profiles = {path.stem for path in data_folder("profiles").glob("*.toml")}
    if manifest.profile is not None and manifest.profile not in profiles:
        zh, en = f"应为：{'、'.join(sorted(profiles))}", f"one of: {', '.join(sorted(profiles))}"
        wrong.append(("profile", manifest.profile, zh, en))
    for load in others:
        if (load["place"] == manifest.place) != (load["place_zh"] == manifest.place_zh):
            zh, en = f"与 {load['id']} 的地方名称冲突", f"conflicts with the place of {load['id']}"
            wrong.append(("place", manifest.place, zh, en))
    return [Finding("manifest.toml", 0, *row) for row in wrong]


def _work(
    delivery: Delivery, plan: Plan, made: ChangeSet, seen: int, base_before: int | None, *, inexact: list[str]
) -> Work:
    manifest = delivery.manifest
    open_ = (d for d in plan.changed_since if not d.put_back and d.property != "source")
    undecided = base_before is not None and any(open_)
    values = {
        "folder": delivery.folder.name,
        "digest": delivery.digest,
        "nodes": len(delivery.nodes),
        "edges": len(delivery.edges),
        **manifest.model_dump(exclude={"format", "needs"}, exclude_none=True),
        **({"inexact": inexact} if inexact else {}),
    }

    async def remember(tx: Transaction, recorded: ChangeSet) -> None:
        # The next load looks for what others changed after this one (`base`), unless some of what they
        # changed before is still to be decided.
        base = base_before if undecided else recorded.number
        noted = {"number": recorded.number, "base": base, "data_version": recorded.version}
        await write_load(tx, manifest.source, {**values, **noted, "loaded_at": written_at()})

    posts = [block for block in delivery.edges.blocks if block.kind == "HOLDS_POST"]
    persons = {person for block in posts for person in block.starts}
    return Work(plan, delivery.digest, seen, made, remember, persons)
