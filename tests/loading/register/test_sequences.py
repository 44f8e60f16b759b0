"""Any sequence of deliveries and undos of a register against plain Python: nothing lost, nothing double."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.ledger import Ledger
from graph.loading.plan import Options
from graph.loading.undo import undo_load
from graph.model import OPEN_END
from graph.store.derived import verify
from graph.store.history import read_sets
from tests.conftest import Opener, wipe
from tests.loading.content import content
from tests.loading.register.delivering import deliver, nodes, subdistrict
from tests.loading.register.wild import write_xlsx

BEGIN = date(2025, 6, 1)
HEADING = ["社区", "小区名称", "户数", "物业公司", "业委会主任", "业委会成员"]
PLACES = {"清泉花园": "清泉社区", "望江苑": "清泉社区", "梧桐里": "梧桐社区"}
PEOPLE = {
    "清泉花园": ("张三", "李四", "王五"),
    "望江苑": ("赵六", "钱七", "孙八"),
    "梧桐里": ("周九", "吴十", "郑元"),
}
"""One name in two quarters would be two persons."""
LABELS = ("Quarter", "PropertyFirm", "OwnersCommittee", "Person")
Post = tuple[str, str, str]


@dataclass(frozen=True)
class Row:
    """What a register says of a quarter on a day; None is an empty cell."""

    households: int | None
    firm: str | None
    chair: int | None
    members: frozenset[int]

    def posts(self, quarter: str) -> set[Post]:
        """Who sits on its owners' committee, in which post."""
        body, names = f"{quarter}业主委员会", PEOPLE[quarter]
        sitting = {(names[m], body, "member") for m in self.members if m != self.chair}
        return sitting | ({(names[self.chair], body, "chair")} if self.chair is not None else set())


State = tuple[Row, Row, Row]
rows = st.builds(
    Row,
    households=st.sampled_from([None, 300, 800]),
    firm=st.sampled_from([None, "安居物业", "碧波服务"]),
    chair=st.sampled_from([None, 0, 1, 2]),
    members=st.frozensets(st.integers(0, 2)),
)
states: st.SearchStrategy[State] = st.tuples(rows, rows, rows)
steps = st.lists(st.one_of(states, states, st.none()), min_size=2, max_size=5)
"""Deliveries of states; None takes the last one back that still stands."""


def sheet(state: State) -> list[list[object]]:
    """The register as the department sends it."""
    found: list[list[object]] = [["云山街道小区台账"], [*HEADING]]
    for (quarter, community), row in zip(PLACES.items(), state, strict=True):
        names = PEOPLE[quarter]
        chair = None if row.chair is None else names[row.chair]
        members = "、".join(names[m] for m in sorted(row.members)) or None
        found.append([community, quarter, row.households, row.firm, chair, members])
    return found


def posts_of(state: State) -> set[Post]:
    return {p for q, row in zip(PLACES, state, strict=True) for p in row.posts(q)}


def households_of(standing: list[State]) -> dict[str, int | None]:
    """The last number that any delivery gave: an emptied cell takes none away."""
    found: dict[str, int | None] = dict.fromkeys(PLACES)
    for state in standing:
        given_now = {q: r.households for q, r in zip(PLACES, state, strict=True) if r.households}
        found |= given_now
    return found


async def seats(graph: Any) -> dict[Post, set[date]]:
    """Every post that the graph holds, and its ends."""
    text = (
        "MATCH (p:Person)-[e:HOLDS_POST]->(b:OwnersCommittee) "
        "RETURN p.name AS p, b.name AS b, e.role AS r, e.until AS until"
    )
    found: dict[Post, set[date]] = {}
    for row in (await graph.store.read([(text, {})]))[0]:
        found.setdefault((row["p"], row["b"], row["r"]), set()).add(row["until"])
    return found


async def operators(graph: Any) -> list[tuple[str, str]]:
    text = (
        "MATCH (p:PropertyProject)-[e:OPERATED_BY]->(f) WHERE e.until = $open RETURN p.name AS p, f.name AS f"
    )
    return sorted((r["p"], r["f"]) for r in (await graph.store.read([(text, {"open": OPEN_END})]))[0])


CHAIR, GONE = Row(300, "安居物业", 0, frozenset({1})), Row(None, "碧波服务", 1, frozenset({2}))
EMPTY = Row(None, None, None, frozenset())
FIRST, SECOND, THIRD = (CHAIR, EMPTY, GONE), (GONE, CHAIR, EMPTY), (EMPTY, GONE, CHAIR)
TURNS: list[State | None] = [FIRST, SECOND, None, THIRD, FIRST]
"""Everything changes, is taken back, changes otherwise and comes again."""


@settings(max_examples=7)
@given(sequence=steps)
@example(
    sequence=[(CHAIR, EMPTY, GONE), (GONE, CHAIR, EMPTY), None, (EMPTY, GONE, CHAIR), (CHAIR, EMPTY, GONE)]
)
async def test_nothing_is_lost_and_nothing_double(scratches: Opener, sequence: list[State | None]) -> None:
    """Today is the last delivery that stands, history all of them; ids never change; an undo is exact."""
    graph = await scratches("embedded")
    await wipe(graph.store)
    await subdistrict().write(graph.store)
    standing: list[State] = []
    undo: list[tuple[int, Any]] = []
    ids: dict[tuple[str, str], str] = {}
    with TemporaryDirectory() as name:
        folder, ledger = Path(name), Ledger(Path(name))
        for n, step in enumerate(sequence):
            day = BEGIN + timedelta(days=n)
            if step is None:
                if undo:
                    number, before = undo.pop()
                    await undo_load(graph.store, number)
                    assert await content(graph) == before
                    standing.pop()
            else:
                path, before = write_xlsx(folder / f"{n}.xlsx", sheet(step)), await content(graph)
                known = len(await read_sets(graph.store))
                await deliver(graph, ledger, path, on=day, options=Options("end", day))
                made = (await read_sets(graph.store))[known:]
                if made:
                    undo.append((made[-1].number, before))
                    standing.append(step)
                else:
                    assert standing[-1:] == [step]
            if standing:
                await _holds(graph, standing, ids)
        await ledger.close()
    assert await verify(graph.store) == []


async def _holds(graph: Any, standing: list[State], ids: dict[tuple[str, str], str]) -> None:
    """What the graph holds is what the model says."""
    now = standing[-1]
    for label in LABELS:
        text = f"MATCH (n:{label}) RETURN n.name AS name, n.id AS id"
        found = [(r["name"], r["id"]) for r in (await graph.store.read([(text, {})]))[0]]
        assert len({name for name, _ in found}) == len(found), label
        for thing, id_ in found:
            assert ids.setdefault((label, thing), id_) == id_
    quarters = await nodes(graph, "Quarter")
    assert {q: node.get("households") for q, node in quarters.items()} == households_of(standing)
    held = await seats(graph)
    assert {post for post, ends in held.items() if OPEN_END in ends} == posts_of(now)
    assert set(held) == {post for state in standing for post in posts_of(state)}
    run = [(f"{q}物业项目", row.firm) for q, row in zip(PLACES, now, strict=True) if row.firm]
    assert await operators(graph) == sorted(run)
