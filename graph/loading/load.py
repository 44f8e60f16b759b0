"""Loading a delivery: read, check, compare, write as one atomic change, keep derived edges true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from graph.data_files import data_folder
from graph.errors import BadParameter, LoadConflict
from graph.loading import journal
from graph.loading.check import Checker
from graph.loading.coordinates import to_wgs84
from graph.loading.delivery import Delivery, read_delivery
from graph.loading.findings import DeliveryRejected, Finding
from graph.loading.overruled import find_overruled
from graph.loading.plan import Missing, Plan, make_plan
from graph.loading.present import read_present
from graph.loading.unplaced import find_unplaced
from graph.store import Store, Transaction
from graph.store.changes import CHUNK, Change, apply_changes, in_order
from graph.store.derived import differing, rederive, verify_statements
from graph.store.schema import apply_schema
from graph.store.version import read_loads, read_state, refuse_outdated, take_version, write_derived_number
from graph.store.within import differing_places, moves_places, place_statements, rederive_places

SINGLE_TRANSACTION = 100_000
"""Changes up to which a load is one transaction: both engines carry it in a heap of 768 MiB."""

Read = Callable[[Path], tuple[Delivery | None, list[Finding]]]
"""Reads a delivery; without a usable manifest there are only findings."""
Progress = Callable[[str, int, int], None]
"""Called with a step (`read`, `check`, `compare`, `write`, `derive`), done and total."""


@dataclass
class LoadReport:
    """What a load did: counts of changes, and what the person who loads should look at."""

    folder: str
    place: str
    created: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    derived: int = 0
    version: int = 0
    already: bool = False
    """The same delivery is in the graph: nothing was read or written."""
    dry_run: bool = False
    """Nothing was written: the counts are what a load would do; `derived` was not computed."""
    warnings: list[Finding] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)


def _quiet(_step: str, _done: int, _total: int) -> None:
    return None


async def load_delivery(
    store: Store,
    folder: Path,
    *,
    read: Read = read_delivery,
    missing: Missing = "report",
    ended_on: date | None = None,
    resume: bool = False,
    dry_run: bool = False,
    progress: Progress = _quiet,
    single_transaction: int = SINGLE_TRANSACTION,
) -> LoadReport:
    """Load one folder, or what `read` makes a delivery of.

    A `dry_run` goes as far as the comparison and writes nothing. Raises `DeliveryRejected` (with
    every finding), `GraphOutdated` or `LoadConflict`; then nothing was written, or what had been
    written is named as an incomplete load.
    """
    await apply_schema(store)
    now = await read_state(store)
    if now.outdated and now.loading is None:
        refuse_outdated()
    delivery = _read(folder, read, progress)
    if now.loading is not None and not (resume and now.loading == delivery.digest):
        raise LoadConflict(
            "有一个导入尚未完成；请对同一目录用 --resume 继续，或用 --discard 撤销。",
            "a load is not complete: resume it with the same folder, or discard it.",
            subject=str(folder),
        )
    if now.loading is None and missing == "report" and await _stands(store, delivery):
        return LoadReport(
            str(folder),
            delivery.manifest.place,
            version=now.version,
            already=True,
            unchanged=len(delivery.nodes) + len(delivery.edges),
        )
    if missing == "end" and ended_on is None:
        raise BadParameter("缺少结束日期 --ended-on。", "--ended-on is missing.", subject="ended_on")
    await _check_manifest(store, delivery)
    present = await read_present(store, delivery)
    progress("check", 0, 1)
    checker = Checker(delivery, present.nodes, present.standing)
    findings = [delivery.locate(f) for f in delivery.findings + checker.check()]
    if any(f.level == "error" for f in findings):
        raise DeliveryRejected(str(folder), findings)
    noted = [*await find_unplaced(store, delivery, present.nodes), *await find_overruled(store, delivery)]
    findings += [delivery.locate(f) for f in noted]
    to_wgs84(delivery)
    progress("check", 1, 1)
    plan = make_plan(delivery, present, missing=missing, ended_on=ended_on)
    report = _report(delivery, plan, findings, missing)
    if dry_run:
        return replace(report, dry_run=True, version=now.version)
    large = len(plan.changes) > single_transaction or now.loading is not None
    write = _write_in_batches if large else _write_at_once
    report.derived = await write(store, delivery, plan, now.version, progress)
    report.version = (await read_state(store)).version
    return report


async def rebuild_derived(store: Store) -> int:
    """Make the derived edges equal to a recomputation, as one change; how many differed.

    A graph of another version of the program may be asked again afterwards.
    """
    await apply_schema(store)
    now = await read_state(store)

    async def work(tx: Transaction) -> int:
        changes = differing([await tx.run(*statement) for statement in verify_statements()])
        if changes or now.outdated:
            await take_version(tx, now.version)
            await apply_changes(tx, changes)
            await write_derived_number(tx)
        return len(changes)

    return await store.write(work)


async def discard(store: Store, progress: Progress = _quiet) -> int:
    """Take an incomplete load back, batch by batch; the number of batches. Can be run again."""
    if (await read_state(store)).loading is None:
        return 0
    total = await journal.journal_length(store)
    done = 0
    while await journal.undo_last(store):
        done += 1
        progress("discard", done, total)

    async def close(tx: Transaction) -> None:
        await journal.end_batches(tx)

    await store.write(close)
    return done


def _read(folder: Path, read: Read, progress: Progress) -> Delivery:
    progress("read", 0, 1)
    delivery, findings = read(folder)
    if delivery is None:
        raise DeliveryRejected(str(folder), findings)
    progress("read", 1, 1)
    return delivery


async def _stands(store: Store, delivery: Delivery) -> bool:
    loads = await read_loads(store)
    source, digest = delivery.manifest.source, delivery.digest
    return any(r["source"] == source and r["digest"] == digest for r in loads)


async def _check_manifest(store: Store, delivery: Delivery) -> None:
    """What the manifest says has to fit the graph: needs, area, profile, names of places."""
    manifest = delivery.manifest
    others = [x for x in await read_loads(store) if x["source"] != manifest.source]
    wrong: list[tuple[str, str, str, str]] = []
    for need in manifest.needs:
        if need not in {load["place"] for load in others}:
            zh, en = "请先导入它所依赖的数据", "load what it depends on first"
            wrong.append(("needs", need, zh, en))
    if manifest.area is not None and manifest.area not in {n.id for n in delivery.nodes}:
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
    if wrong:
        found = delivery.findings + [Finding("manifest.toml", 0, *row) for row in wrong]
        raise DeliveryRejected(str(delivery.folder), [delivery.locate(f) for f in found])


def _report(delivery: Delivery, plan: Plan, findings: list[Finding], missing: Missing) -> LoadReport:
    actions = [c.action for c in plan.changes]
    return LoadReport(
        str(delivery.folder),
        delivery.manifest.place,
        created=actions.count("create"),
        changed=actions.count("set"),
        removed=actions.count("delete"),
        unchanged=plan.unchanged,
        warnings=[f for f in findings if f.level == "warning"],
        emptied=plan.emptied,
        gone=plan.gone,
        foreign=plan.foreign,
        held=plan.held if missing == "remove" else [],
    )


async def _write_at_once(
    store: Store, delivery: Delivery, plan: Plan, version: int, progress: Progress
) -> int:
    """Everything in one transaction: it is all there, or nothing is."""

    async def work(tx: Transaction) -> int:
        changes, last = plan.steps()
        if plan.changes:
            await take_version(tx, version)
        for i in range(0, len(changes), CHUNK):
            progress("write", i, len(changes))
            await apply_changes(tx, changes[i : i + CHUNK])
        progress("write", len(changes), len(changes))
        derived = await rederive(tx, plan.persons(), plan.bodies()) if plan.persons() else []
        if moves_places(plan.changes):
            derived += await rederive_places(tx, {c.id for c in last})
        await apply_changes(tx, derived)
        await apply_changes(tx, last)
        await journal.record_load(tx, delivery)
        return len(derived)

    return await store.write(work)


async def _write_in_batches(
    store: Store, delivery: Delivery, plan: Plan, version: int, progress: Progress
) -> int:
    """Batches under a load record: until the last one, readers have to wait."""

    async def begin(tx: Transaction) -> None:
        await journal.begin_batches(tx, version, delivery.digest)

    await store.write(begin)
    position = await journal.journal_length(store)
    changes, last = plan.steps()
    for i in range(0, len(changes), CHUNK):
        progress("write", i, len(changes))
        await _write_batch(store, position, changes[i : i + CHUNK])
        position += 1
    progress("write", len(changes), len(changes))
    persons = sorted(e.start for e in delivery.edges if e.type == "HOLDS_POST")
    persons = sorted(set(persons) | plan.persons())
    derived = 0
    for i in range(0, len(persons), CHUNK):
        progress("derive", i, len(persons))
        derived += await _derive_batch(store, position, set(persons[i : i + CHUNK]), plan.bodies())
        position += 1
    # Whether an interrupted part of this load moved a place is not known any more.
    places = in_order(differing_places(await store.read(place_statements()), {c.id for c in last}))
    for i in range(0, len(places), CHUNK):
        await _write_batch(store, position, places[i : i + CHUNK])
        position += 1
    derived += len(places)
    progress("derive", len(persons), len(persons))
    for i in range(0, len(last), CHUNK):
        await _write_batch(store, position, last[i : i + CHUNK])
        position += 1

    async def end(tx: Transaction) -> None:
        await journal.record_load(tx, delivery)
        await journal.end_batches(tx)

    await store.write(end)
    return derived


async def _write_batch(store: Store, position: int, changes: list[Change]) -> None:
    async def work(tx: Transaction) -> None:
        await apply_changes(tx, changes)
        await journal.write_journal(tx, position, changes)

    await store.write(work)


async def _derive_batch(store: Store, position: int, persons: set[str], bodies: set[str]) -> int:
    async def work(tx: Transaction) -> int:
        changes = await rederive(tx, persons, bodies)
        await apply_changes(tx, changes)
        await journal.write_journal(tx, position, changes)
        return len(changes)

    return await store.write(work)
