"""Whole columns against cell by cell and row by row: the same rows, the same findings."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.loading import split
from graph.loading.blocks import Rows
from graph.loading.check import Checker
from graph.loading.columns import as_in_a_workbook
from graph.loading.delivery import Delivery, read_delivery
from graph.loading.excel.layout import BY_TITLE
from graph.loading.findings import Finding
from graph.loading.numbered import Few, Numbers
from graph.loading.rows import EdgeRow, NodeRow
from graph.loading.table import Line, Table
from graph.loading.together import Around
from tests.loading.samples import MANIFEST

TABLES = {
    "nodes/Area": "id,name,level,code\n990102000000,样例区,district,\n990102001000,样例街道,subdistrict,\n",
    "nodes/OwnersCommittee": "id,name,kind,elected_on\noc-990102-1,一号业委会,owners_committee,2023-01-01\n",
    "nodes/Need": "id,name,kind,category,status\nn-990102-1,停车,need,parking,open\n",
    "nodes/PartyOrganization": (
        "id,name,tier,level\npo-990102-1,一号支部,branch,quarter\npo-990102-2,社区党委,committee,community\n"
    ),
    "nodes/Person": "id,name,party_status\np-990102-1,样例人一,full\np-990102-2,样例人二,\n",
    "nodes/PropertyProject": "id,name,mode\npp-990102-1,一号物业,contract\n",
    "nodes/Quarter": "id,name,households,source\nq-990102-1,样例小区一,120,\nq-990102-2,样例小区二,,\n",
    "nodes/Resource": "id,name,category\nr-990102-1,义诊,medical\n",
    "nodes/SourceDocument": "id,name,kind\nd-990102-register,样例台账,generated\n",
    "nodes/Unit": "id,name\nu-990102-1,样例单位\n",
    "edges/CONCERNS": "from,to\nn-990102-1,q-990102-1\n",
    "edges/COVERS": "from,to,since\noc-990102-1,q-990102-1,2023-01-01\npo-990102-1,q-990102-1,\n",
    "edges/HOLDS_POST": (
        "from,to,role,since,until\np-990102-1,oc-990102-1,chair,2023-01-01,\n"
        "p-990102-1,po-990102-1,secretary,2022-01-01,2025-01-01\n"
        "p-990102-2,oc-990102-1,委员,2023-01-01,\n"
    ),
    "edges/OFFERS": "from,to\nu-990102-1,r-990102-1\n",
    "edges/OPERATED_BY": "from,to\npp-990102-1,u-990102-1\n",
    "edges/PART_OF": (
        "from,to,since\n990102001000,990102000000,\nq-990102-1,990102001000,2020-01-01\n"
        "q-990102-2,990102001000,\n"
    ),
    "edges/SUBORDINATE_TO": "from,to\npo-990102-1,po-990102-2\n",
}
"""A valid delivery with an edge of every type that a rule looks at."""
LINES = [line for name, text in TABLES.items() if "nodes" in name for line in text.split("\n")[1:-1]]
IDS = sorted(line.split(",")[0] for line in LINES)
ODD = (
    *("", " ", "未知", "NULL", "-", "1e5", "1.2E+11", "2020-01-01", "2020/3/1", "2020-13-01", "2019-01-01"),
    *("是", "-5", "99999999999999", "zz-1", "chair", "secretary", "主任", "委员", "书记", "quarter", "self"),
    *("a\u200bb", "e\u0301", "\ufffd", "\x07", "'=1+1", "=1", " q-990102-1", "q-990102-1\u200b", "小 区"),
    *("Ｑ", "カ\u3099", '引"号', "分,隔", "两\n行", "a\tb", "A;B", "2", "district", "city", "contract"),
)
CELLS = st.one_of(st.sampled_from(IDS), st.sampled_from(ODD), st.text(max_size=3))
CHANGE = st.tuples(
    st.sampled_from(sorted(TABLES)), st.integers(0, 4), st.integers(0, 5), CELLS, st.integers(0, 9)
)
CHANGES = st.lists(CHANGE, max_size=6)
Mess = list[tuple[str, int, int, str, int]]


def messy(changes: Mess) -> dict[str, list[list[str]]]:
    """The tables, with cells replaced, rows doubled, left out, cut short or made longer."""
    tables = {name: list(csv.reader(io.StringIO(text))) for name, text in TABLES.items()}
    for name, at, column, cell, what in changes:
        rows = tables[name]
        i = at % len(rows)
        if what == 0:
            rows.append(list(rows[i]))
        elif what == 1:
            rows.insert(i + 1, [cell, *rows[i][1:]])
        elif what == 2 and i:
            del rows[i]
        elif what == 3:
            rows[i] = [*rows[i], cell]
        elif rows[i]:
            rows[i][column % len(rows[i])] = cell
    return tables


def write(folder: Path, tables: dict[str, list[list[str]]], separator: str, end: str) -> Path:
    (folder / "manifest.toml").write_text(MANIFEST, "utf-8")
    for name, rows in tables.items():
        text = io.StringIO()
        csv.writer(text, lineterminator=end, delimiter=separator).writerows(rows)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.csv").write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))
    return folder


def cell_by_cell(
    name: str, rows: list[list[str]], delivery: Delivery
) -> tuple[list[Any], list[Finding], bool]:
    """The rows of one table as `Table` reads line by line, with its findings, and whether it is broken."""
    layout = BY_TITLE[name.partition("/")[2]]
    table = Table(f"{name}.csv", layout.properties, delivery.manifest, [], layout.lead)

    def lines() -> Iterator[Line]:
        header: list[str] = []
        for number, cells in enumerate(rows, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [layout.column(cell) for cell in cells]
                while header and not header[-1]:
                    header.pop()
                yield number, header
                continue
            short = cells[: len(header)] if not any(c.strip() for c in cells[len(header) :]) else cells
            if len(short) != len(header):
                table.broken = True
                zh, en = f"应有 {len(header)} 个单元格，实有 {len(short)} 个", "expected {} cells, found {}"
                table.add(number, "", "", zh, en.format(len(header), len(short)))
                continue
            yield number, [as_in_a_workbook(c, layout, n) for c, n in zip(short, header, strict=True)]
        if not header:
            table.broken = True
            table.add(1, "", "", "缺少表头", "the header row is missing")

    found: list[Any] = (
        list(table.edges(lines(), layout.name, layout.kind.key))
        if layout.lead
        else list(table.nodes(lines(), layout.name))
    )
    return found, table.findings, table.broken


@given(CHANGES, st.sampled_from(",\t;"), st.sampled_from(("\n", "\r\n")))
@settings(max_examples=40, deadline=None)
def test_columns_are_read_as_cells_are(changes: Mess, separator: str, end: str) -> None:
    """Of any mess the same rows with the same values, the same findings, the same tables broken."""
    tables = messy(changes)
    with TemporaryDirectory() as folder:
        delivery, findings = read_delivery(write(Path(folder), tables, separator, end))
        assert delivery is not None
        if any(
            "\0" in c or "\r" in c or "\ud800" <= c <= "\udfff" for r in tables.values() for x in r for c in x
        ):
            return  # no text at all, or lines that are cut elsewhere: not what is compared here
        expected = [cell_by_cell(name, rows, delivery) for name, rows in sorted(tables.items(), key=in_order)]
        assert [*delivery.nodes, *delivery.edges] == [row for rows, _, _ in expected for row in rows]
        assert Counter(findings) == Counter(f for _, found, _ in expected for f in found)
        names = [name.partition("/")[2] for name, _ in sorted(tables.items(), key=in_order)]
        assert delivery.broken == {n for n, (_, _, broken) in zip(names, expected, strict=True) if broken}


def in_order(item: tuple[str, Any]) -> tuple[bool, str]:
    return item[0].startswith("edges"), item[0]


@given(
    CHANGES, st.sets(st.integers(0, 40), max_size=6), st.sets(st.sampled_from(IDS), max_size=3), st.booleans()
)
@settings(max_examples=40, deadline=None)
def test_doubtful_rows_are_all_that_are_at_fault(
    changes: Mess, elsewhere: set[int], known: set[str], gone: bool
) -> None:
    """What is told when the rows in doubt are judged is what is told when every row is.

    Some edges are the graph's, some nodes stand in it, and one of each is left other than delivered.
    """
    with TemporaryDirectory() as folder:
        delivery, _ = read_delivery(write(Path(folder), messy(changes), ",", "\n"))
    assert delivery is not None
    nodes, edges = list(delivery.nodes), list(delivery.edges)
    own = {e.id for i, e in enumerate(edges) if i not in elsewhere}
    # The graph has no edge of an id that could be none.
    theirs = {
        e.id: e
        for i, e in enumerate(edges)
        if i in elsewhere and e.id not in own and {e.start, e.end} <= set(IDS)
    }
    there = {n.id: n.properties for n in nodes if n.id in known}
    if own != {e.id for e in edges}:  # otherwise the columns stay as they were read
        delivery.edges = Rows([e for e in edges if e.id in own])
    results: dict[str, dict[str, Any]] = {}
    if gone and len(own) > 1:
        one = next(e for e in edges if e.id in own and "since" in e.properties)
        results[one.id] = {**one.properties, "until": one.properties["since"].replace(year=9998)}
    around = Around(theirs, frozenset(theirs) if gone else frozenset())
    told = [
        Counter(Checker(delivery, there, around, results).check(one_by_one=every)) for every in (False, True)
    ]
    assert told[0] == told[1]


def test_ids_of_other_tables_are_not_numbered_anew() -> None:
    """Whatever ids a table begins with, each has one number, and those of a refused form are known."""
    numbers = Numbers(re.compile(r"\n(?:\d+e\d+)?(?=\n)"))
    columns = [["a", "b"], ["c", "b"], ["d", "d"], ["e", "1e5"], ["", "f~g"], ["h"]]
    found = [numbers.new(column) for column in columns]
    assert [list(column) for column in found] == columns
    assert dict(numbers) == {text: number for number, text in enumerate(numbers.texts)}
    assert set(numbers) == {text for column in columns for text in column}
    assert (numbers.bad, numbers.joins) == ({"1e5", ""}, True)
    assert list(numbers.column(["b", "i"], Few(numbers))) == ["b", "i"]
    assert numbers["i"] == len(numbers) - 1


def test_characters_of_chinese_text_are_all_ordinary() -> None:
    """Those that are not looked at one by one have nothing that would be taken off or joined."""
    every = (chr(code) for code in range(0x3000, 0x10000))
    left = [c for c in every if not split._SELDOM.match(c) and not split._is_ordinary(c)]
    assert left == []


def test_rows_are_made_when_asked_for(tmp_path: Path) -> None:
    """A block gives the rows that it was made of, some of them as all of them."""
    rows = [NodeRow("Unit", f"u-990102-{i}", {"id": f"u-990102-{i}", "name": "甲"}, i) for i in range(3)]
    more = [EdgeRow("OFFERS", f"e{i}", "a", "b", {"id": f"e{i}"}, i) for i in range(2)]
    found = Rows[Any]([*rows, *more])
    assert (len(found), [b.kind for b in found.blocks]) == (5, ["Unit", "OFFERS"])
    assert list(found) == [*rows, *more]
    assert found.blocks[0].pick([2, 0]) == [rows[2], rows[0]]
    assert found[0] is found[0]
    assert replace(rows[0]) in list(found.of("Unit"))
