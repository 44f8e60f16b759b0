"""A register, from its file to the validated load that every delivery passes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.errors import GraphError
from graph.ledger import Ledger
from graph.ledger.questions import Asked
from graph.loading.delivery import Delivery
from graph.loading.findings import DeliveryRejected, Finding
from graph.loading.load import load_delivery
from graph.loading.manifest import Manifest
from graph.loading.plan import Options
from graph.loading.register.draft import Draft
from graph.loading.register.forms import Form, form_text
from graph.loading.register.headings import HeadingProposal
from graph.loading.register.ids import PERSON, Ids
from graph.loading.register.kinds import RegisterKind, find_kind
from graph.loading.register.known import KnownArea, find_place, read_known, read_since
from graph.loading.register.places import check_place
from graph.loading.register.reading import Reading
from graph.loading.register.rows import read_rows
from graph.loading.report import LoadReport
from graph.model import NODES
from graph.model.vocabulary import Register
from graph.store import Store
from graph.store.version import read_loads


class OpenQuestions(GraphError):
    """Names that may mean what the graph has: nothing was loaded, the questions wait in the ledger."""

    code = "open_questions"

    def __init__(self, questions: list[Asked]) -> None:
        count = len(questions)
        super().__init__(
            f"有 {count} 处不能确定是不是同一个，未导入任何内容；请回答后重新运行。",
            f"{count} names may mean what the graph has: nothing was loaded, answer and run again.",
            subject="questions",
        )
        self.questions = questions


@dataclass
class Registered:
    """What became of a register: the load, and what the clerk has to look at beside it."""

    report: LoadReport
    rows: int
    new_areas: list[str] = field(default_factory=list)
    by_name: list[str] = field(default_factory=list)
    """Ids that were found in the graph by their name alone."""
    area: KnownArea | None = None
    complete: frozenset[str] = frozenset()
    """Lists that the register closes, because it is said now or, `remembered`, was at an earlier delivery."""
    remembered: bool = False


def source_of(kind: RegisterKind, area: KnownArea) -> str:
    """The id of a register of a place as a source: every delivery of the kind there is one of it."""
    return f"{NODES['SourceDocument'].prefix}-{area.id[:6]}-{kind.code}-{area.id}"


async def begin_reading(
    store: Store,
    ledger: Ledger,
    name: str,
    *,
    form: Form,
    area: KnownArea,
    on: date,
    lenient: bool = False,
    same_names: bool = False,
    complete: frozenset[str] = frozenset(),
) -> Reading:
    """A register ready to be read row by row, with what graph and ledger know of its district.

    `name` is that of the file. Nothing is written by this, nor by reading the rows.
    """
    kind, district = find_kind(form.kind), area.id[:6]
    source = source_of(kind, area)
    asked = {q.key: q.new_id for q in await ledger.questions.open() if q.label == PERSON}
    ids = Ids(await ledger.names.read(district), await read_known(store, area), asked, same_names)
    since = await read_since(store, source)
    return Reading(kind, form, area, source, on, ids, Draft(name), lenient, complete, since)


async def load_register(
    store: Store,
    ledger: Ledger,
    path: Path,
    *,
    digest: str,
    form: Form,
    proposals: list[HeadingProposal],
    place: str,
    on: date,
    lenient: bool = False,
    as_new: bool = False,
    same_names: bool = False,
    complete: frozenset[str] | None = None,
    options: Options | None = None,
    who: str = "",
    dry_run: bool = False,
    **more: Any,
) -> Registered:
    """Load a register of a place, an area by id or name; raises as `load_delivery` does.

    `digest` is over the file's bytes. `on` is the day of the register: from then on the lists that
    it closes are complete, and those that the clerk says are (`complete`; None: those that the form
    remembers of the place). `lenient`: cells that cannot be read count as not known. `as_new`: what may
    be a thing that is known, and nobody has said so, is a new one; otherwise raises `OpenQuestions`.
    `same_names`: who has the name of one other person of the community is that person.
    """
    kind, area = find_kind(form.kind), await find_place(store, place)
    closed = form.complete.get(area.id, frozenset()) if complete is None else complete
    reading = await begin_reading(
        store,
        ledger,
        path.name,
        form=form,
        area=area,
        on=on,
        lenient=lenient,
        same_names=same_names,
        complete=closed,
    )
    district, source, ids, draft = area.id[:6], reading.source, reading.ids, reading.draft
    read_rows(reading, proposals)
    check_place(reading)
    draft.begin(proposals[0].sheet.name, 1)
    draft.node(source, {"name": f"{area.name}{kind.title}", "kind": "register"})
    known = complete is None and bool(closed)
    if known:
        draft.findings.append(_as_before(path.name, area, closed))
    manifest = await _manifest(store, area, source, on)
    said = form_text(replace(form, complete={}), kind)
    whole = sha256("|".join([digest, said, *sorted(closed)]).encode()).hexdigest()

    def read(_: Path) -> tuple[Delivery | None, list[Finding]]:
        return draft.delivery(path, manifest, whole)

    if any(f.level == "error" for f in draft.findings):
        # What a row says wrong is said alone: what it did not make would be found missing as well.
        raise DeliveryRejected(str(path), draft.findings)
    open_ = await ledger.questions.ask(district, ids.questions.values())
    if open_ and not as_new:
        raise OpenQuestions(open_)
    for question in open_:
        ids.kept |= dict.fromkeys(ids.keys_of(question), question.new_id)
    if not dry_run:
        # Before the load: names without a load do no harm, a load without names would give new ids.
        await ledger.names.keep(district, ids.kept)
    report = await load_delivery(
        store, path, read=read, options=options, who=who, dry_run=dry_run, today=on, **more
    )
    seen = sorted(ids.known.names.get(id_, id_) for id_ in ids.by_name)
    return Registered(report, len(reading.rows), _new_areas(reading), seen, area, closed, known)


def _as_before(file: str, area: KnownArea, closed: frozenset[str]) -> Finding:
    """That lists count as complete because an earlier delivery of the place said so."""
    listed = "、".join(Register[each].zh for each in sorted(closed))
    zh = f"按表样所记，{area.name}的台账已列全：{listed}；没列的就是没有。"
    zh += "不再如此的，勾选“都不再列全”（命令行 --complete 无）"
    en = f"the form remembers that the register of {area.name} is complete; --complete none takes it back"
    return Finding(file, 0, "complete", listed, zh, en, "warning")


def _new_areas(reading: Reading) -> list[str]:
    """The new communities by name, with the street where that is not the place of the register."""
    above = {start: end for type_, start, end, _ in reading.draft.edges if type_ == "PART_OF"}
    names = {a.id: a.name for a in reading.ids.known.areas.values() if a.id != reading.place.id}
    return sorted(f"{names.get(above[id_], '')}{name}" for id_, name in reading.new_areas.items())


async def _manifest(store: Store, area: KnownArea, source: str, on: date) -> Manifest:
    """The manifest, with the place names that other loads of the area have."""
    loads = await read_loads(store)
    same = next((load for load in loads if load.get("area") == area.id), None)
    place = same["place"] if same else "a" + re.sub(r"[^a-z0-9]", "_", area.id)
    return Manifest(
        format=1,
        place=place,
        place_zh=same["place_zh"] if same else f"{area.name}（{area.id}）",
        source=source,
        batch=on.isoformat(),
        delivered_on=on,
        synthetic=area.synthetic,
        area=area.id,
    )
