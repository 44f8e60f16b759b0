"""The second delivery of a register, and every one after it: judged by the state that it would make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadParameter
from graph.loading.findings import DeliveryRejected
from graph.loading.load import load_delivery
from graph.loading.plan import Missing, Options
from graph.loading.report import LoadReport
from graph.model import OPEN_END
from graph.reading.graph import Graph
from graph.store import Transaction
from graph.store.changes import Change, apply_changes
from graph.store.derived import verify
from graph.store.history import ChangeSet, last_number, read_sets, record
from graph.store.version import read_state, take_version
from tests.conftest import Opener, wipe
from tests.loading.samples import DOCUMENT, EMPTY, OTHER, SAMPLE, TABLES, write_delivery

TODAY = date(2025, 6, 30)
PROJECT = {
    "nodes__PropertyFirm": "id,name\npf-990102-1,甲物业\npf-990102-2,乙物业\n",
    "nodes__PropertyProject": "id,name,mode\npp-990102-1,一号项目,contract\n",
    "edges__SERVES": "from,to\npp-990102-1,q-990102-1\n",
}


def options(missing: Missing, day: date) -> Options:
    """Options with the day on which things end, where they end."""
    return Options(missing, day if missing == "end" else None)


def operated(firm: int, since: str = "") -> dict[str, str]:
    """The sample with a project that a firm operates."""
    return {**PROJECT, "edges__OPERATED_BY": f"from,to,since\npp-990102-1,pf-990102-{firm},{since}\n"}


async def operators(graph: Graph) -> dict[str, date]:
    """Who operates the project, and until when."""
    text = "MATCH (:PropertyProject)-[e:OPERATED_BY]->(f:PropertyFirm) RETURN f.id AS id, e.until AS until"
    (rows,) = await graph.store.read([(text, {})])
    return {row["id"]: row["until"] for row in rows}


@pytest.fixture
def graph(embedded: Graph) -> Graph:
    """An empty graph of the embedded engine; the statements are those that both engines are tried with."""
    return embedded


@pytest.mark.parametrize("since", ["", "2025-06-01"])
@pytest.mark.parametrize("missing", ["end", "remove"])
async def test_one_firm_changed(graph: Graph, tmp_path: Path, missing: Missing, since: str) -> None:
    """The firm that was replaced is ended or removed, and does not count against its successor."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one", **operated(1)))
    folder = write_delivery(tmp_path / "two", **operated(2, since))
    day = date(2025, 6, 1)
    await load_delivery(graph.store, folder, options=options(missing, day), today=TODAY)
    wanted = {"pf-990102-2": OPEN_END} | ({"pf-990102-1": day} if missing == "end" else {})
    assert await operators(graph) == wanted
    # What had ended before does not count against a third one either.
    third = write_delivery(tmp_path / "three", **operated(1, "2025-06-10"))
    await load_delivery(graph.store, third, options=options(missing, date(2025, 6, 10)), today=TODAY)
    assert (await operators(graph))["pf-990102-1"] == OPEN_END


async def test_report_only_says_what_stands_and_what_would_mend_it(graph: Graph, tmp_path: Path) -> None:
    """Two operators at one time are refused; the error names the earlier edge and the options."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one", **operated(1)))
    with pytest.raises(DeliveryRejected) as caught:
        await load_delivery(graph.store, write_delivery(tmp_path / "two", **operated(2)))
    (found,) = [f for f in caught.value.findings if f.level == "error"]
    assert (found.file, found.row) == ("edges/OPERATED_BY.csv", 2)
    assert "其中 “甲物业”（pf-990102-1）" in found.zh
    assert "pp-990102-1~OPERATED_BY~pf-990102-1 was given" in found.en
    for words in ("--missing end --ended-on", "--missing remove"):
        assert words in found.zh
        assert words in found.en


async def test_an_edge_counts_once_from_whichever_end_it_was_read(graph: Graph, tmp_path: Path) -> None:
    """A chair who stands in the graph is no second chair when both ends are delivered again."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    # The chair and the committee are ends of new edges; the standing post is read from both.
    posts = "from,to,role\np-990102-1,oc-990102-1,member\np-990102-2,oc-990102-1,member\n"
    folder = write_delivery(tmp_path / "two", edges__HOLDS_POST=posts)
    report = await load_delivery(graph.store, folder)
    assert [f for f in report.warnings if f.column == "since"] == []


async def test_a_start_before_the_end_of_the_one_before_is_a_warning(graph: Graph, tmp_path: Path) -> None:
    """Both are kept, so it is said."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one", **operated(1, "2020-01-01")))
    folder = write_delivery(tmp_path / "two", **operated(2, "2024-01-01"))
    report = await load_delivery(graph.store, folder, options=Options("end", date(2025, 6, 1)), today=TODAY)
    (found,) = [f for f in report.warnings if f.file == "edges/OPERATED_BY.csv"]
    assert "pf-990102-1" in found.zh
    again = await load_delivery(graph.store, folder, options=Options("end", date(2025, 6, 1)), today=TODAY)
    assert [f for f in again.warnings if f.file == "edges/OPERATED_BY.csv"] == []


async def test_what_has_ended_is_history(graph: Graph, tmp_path: Path) -> None:
    """It is not reported again, not ended again on another day, and not removed with what is gone."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one", **operated(1)))
    folder = write_delivery(tmp_path / "two", **operated(2))
    day = date(2025, 6, 1)
    await load_delivery(graph.store, folder, options=Options("end", day), today=TODAY)
    ended = {"pf-990102-1": day, "pf-990102-2": OPEN_END}
    again = await load_delivery(graph.store, folder, options=Options("end", date(2025, 6, 30)), today=TODAY)
    assert (again.gone, again.changed, await operators(graph)) == ([], 0, ended)
    less = {**operated(2), "nodes__PropertyFirm": "id,name\npf-990102-2,乙物业\n"}
    folder = write_delivery(tmp_path / "three", **less)
    await load_delivery(graph.store, folder, options=Options("remove"), today=TODAY)
    assert await operators(graph) == ended


async def test_nothing_ends_in_the_future(graph: Graph, tmp_path: Path) -> None:
    """A register says what is; what has ended by a load has ended when the next comes."""
    folder = write_delivery(tmp_path / "in")
    with pytest.raises(BadParameter, match="2025-07-01"):
        await load_delivery(graph.store, folder, options=Options("end", date(2025, 7, 1)), today=TODAY)


async def test_a_removal_that_leaves_a_quarter_nowhere_is_refused(graph: Graph, tmp_path: Path) -> None:
    """A quarter that is delivered without its place would lose the one that it has."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    parts = "\n".join(TABLES["edges/PART_OF"].splitlines()[:-1]) + "\n"
    folder = write_delivery(tmp_path / "two", edges__PART_OF=parts)
    with pytest.raises(DeliveryRejected) as caught:
        await load_delivery(graph.store, folder, options=Options("remove"), today=TODAY)
    (found,) = [f for f in caught.value.findings if f.level == "error"]
    assert (found.file, found.row, found.value) == ("nodes/Quarter.csv", 3, "q-990102-2")
    assert (await load_delivery(graph.store, folder)).gone == ["q-990102-2~PART_OF~990102001000"]


async def test_a_source_that_something_names_is_not_removed(graph: Graph, tmp_path: Path) -> None:
    """A delivery that leaves out the row of its own source does not lose it."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    folder = write_delivery(tmp_path / "two", nodes__SourceDocument="id,name,kind\n")
    report = await load_delivery(graph.store, folder, options=Options("remove"), today=TODAY)
    assert (report.removed, report.held) == (0, ["d-990102-register"])


async def test_organizations_are_in_no_circle(graph: Graph, tmp_path: Path) -> None:
    """Also where the graph's own edges, further up than the delivery's, close it."""
    organizations = "id,name,tier,level\n" + "".join(
        f"po-990102-{n},组织{n},branch,quarter\n" for n in (1, 2, 3)
    )
    above = "from,to\npo-990102-1,po-990102-2\npo-990102-2,po-990102-3\n"
    tables = {"nodes__PartyOrganization": organizations, "edges__SUBORDINATE_TO": above}
    await load_delivery(graph.store, write_delivery(tmp_path / "one", **tables))
    closing = {
        **EMPTY,
        "manifest": OTHER,
        "nodes__SourceDocument": DOCUMENT,
        "edges__SUBORDINATE_TO": "from,to\npo-990102-3,po-990102-1\n",
    }
    with pytest.raises(DeliveryRejected) as caught:
        await load_delivery(graph.store, write_delivery(tmp_path / "two", **closing))
    (found,) = [f for f in caught.value.findings if f.level == "error"]
    assert (found.file, found.column) == ("edges/SUBORDINATE_TO.csv", "to")
    assert "po-990102-2" in found.zh


def quarters(households: int, source: str = "") -> str:
    """A table of the first quarter."""
    return f"id,name,households,source\nq-990102-1,样例小区一,{households},{source}\n"


async def households(graph: Graph) -> tuple[int, str]:
    """Of the first quarter: households, and whose it is."""
    text = "MATCH (q:Quarter {id: 'q-990102-1'}) RETURN q.households AS n, q.source AS source"
    (row,) = (await graph.store.read([(text, {})]))[0]
    return row["n"], row["source"]


async def correct(graph: Graph, folder: Path) -> None:
    """Somebody else gives the first quarter, which stays the register's, another number of households."""
    documents = f"{DOCUMENT}{SAMPLE},样例台账,generated\n"
    tables = {**EMPTY, "nodes__SourceDocument": documents, "nodes__Quarter": quarters(150, SAMPLE)}
    mending = write_delivery(folder, **{**tables, "manifest": OTHER})
    await load_delivery(graph.store, mending, who="local:li")


async def test_another_sources_values_stay_and_the_conflict_is_listed(graph: Graph, tmp_path: Path) -> None:
    """Neither values nor source are taken over, unless the load is told to; agreement is no conflict."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    tables = {**EMPTY, "manifest": OTHER, "nodes__SourceDocument": DOCUMENT, "nodes__Quarter": quarters(150)}
    folder = write_delivery(tmp_path / "two", **tables)
    report = await load_delivery(graph.store, folder)
    assert await households(graph) == (120, SAMPLE)
    (found,) = report.conflicts
    assert (found.id, found.property, found.stands, found.delivered) == ("q-990102-1", "households", 120, 150)
    assert found.by == SAMPLE
    same = write_delivery(tmp_path / "same", **{**tables, "nodes__Quarter": quarters(120)})
    assert (await load_delivery(graph.store, same)).conflicts == []
    made_up = {"nodes__Quarter": "id,name,named,households\nq-990102-1,一号小区（暂名）,false,150\n"}
    unnamed = write_delivery(tmp_path / "unnamed", **{**tables, **made_up})
    assert [d.property for d in (await load_delivery(graph.store, unnamed)).conflicts] == ["households"]
    taken = await load_delivery(graph.store, folder, options=Options(take_over=True))
    assert taken.taken_over == ["q-990102-1"]
    assert await households(graph) == (150, "d-990102-other")


async def test_a_row_of_anothers_document_makes_nothing_ones_own(graph: Graph, tmp_path: Path) -> None:
    """Who lists the register among the documents takes over, changes and removes nothing of it."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    documents = f"{DOCUMENT}{SAMPLE},样例台账,generated\n"
    for number, told in ((150, Options()), (160, Options("remove"))):
        tables = {**EMPTY, "nodes__SourceDocument": documents, "nodes__Quarter": quarters(number)}
        folder = write_delivery(tmp_path / told.missing, **{**tables, "manifest": OTHER})
        report = await load_delivery(graph.store, folder, options=told)
        assert (report.changed, report.removed, report.gone) == (0, 0, [])
        assert [(d.property, d.delivered) for d in report.conflicts] == [("households", number)]
        assert await households(graph) == (120, SAMPLE)


async def test_what_another_source_left_empty_is_filled_in(graph: Graph, tmp_path: Path) -> None:
    """It stays that of who filled it in: they may change it, the register's next delivery takes none away."""
    bodies = "id,name,kind,elected_on,date_precision\noc-990102-1,样例业委会,owners_committee,2023-05-01,"
    own = write_delivery(tmp_path / "one", nodes__OwnersCommittee=f"{bodies}elected_on:month\n")
    await load_delivery(graph.store, own)
    filed = "id,name,kind,filed_on,seats,elected_on,date_precision\noc-990102-1,样例业委会,owners_committee,"

    async def other(slug: str, said: str, **options: Any) -> LoadReport:
        covers = "from,to,since\npo-990102-1,q-990102-1,2024-01-01\n"
        tables = {**EMPTY, "manifest": OTHER, "nodes__SourceDocument": DOCUMENT, "edges__COVERS": covers}
        tables["nodes__OwnersCommittee"] = f"{filed}{said}\n"
        folder = write_delivery(tmp_path / slug, **tables)
        return await load_delivery(graph.store, folder, **options)

    async def body() -> dict[str, Any]:
        text = "MATCH (o:OwnersCommittee {id: 'oc-990102-1'}) RETURN properties(o) AS o"
        found = (await graph.store.read([(text, {})]))[0][0]["o"]
        assert found["source"] == SAMPLE
        return {n: found[n] for n in ("filed_on", "seats", "elected_on", "date_precision") if n in found}

    first = "2023-07-01,5,2023-05-01,filed_on:month;elected_on:month"
    for dry_run in (True, False):
        report = await other("two", first, dry_run=dry_run)
        assert (report.conflicts, report.filled) == ([], ["oc-990102-1", "po-990102-1~COVERS~q-990102-1"])
        told = {(line.property, line.old, line.new) for line in report.lines() if line.group == "filled"}
        assert told == {("备案日", "", "2023.07"), ("职数", "", "5"), ("起始日", "不详", "2024-01-01")}
    filled: dict[str, Any] = {"filed_on": date(2023, 7, 1), "seats": 5, "elected_on": date(2023, 5, 1)}
    filled["date_precision"] = ["elected_on:month", "filed_on:month"]
    assert await body() == filled
    for options in (Options(), Options("remove")):
        kept = await load_delivery(graph.store, own, options=options)
        assert (kept.emptied, kept.changed, await body()) == ([], 0, filled)
    report = await other("three", "2023-08-15,7,2023-05-01,")
    assert report.filled == ["oc-990102-1"]
    (left,) = (line for line in report.lines() if line.group == "conflict")
    assert (left.property, left.old, left.new) == ("选举产生日", "2023.05", "2023-05-01")
    filled |= {"filed_on": date(2023, 8, 15), "seats": 7, "date_precision": ["elected_on:month"]}
    assert await body() == filled
    agreeing = await other("year", "2023-08-15,7,2023-01-01,elected_on:year")
    assert (agreeing.conflicts, agreeing.filled) == ([], [])
    text = f"{bodies.replace('elected_on,', 'elected_on,seats,')}9,elected_on:month\n"
    await load_delivery(graph.store, write_delivery(tmp_path / "four", nodes__OwnersCommittee=text))
    report = await other("three", "2023-08-15,7,2023-05-01,")
    by = {d.property: d.by.partition("（")[0] for d in report.conflicts}
    assert by == {"seats": SAMPLE, "elected_on": SAMPLE}
    assert await body() == {**filled, "seats": 9}


async def test_the_same_files_after_somebody_elses_change(graph: Graph, tmp_path: Path) -> None:
    """It is shown, with who and when, and stays until the load is told to put it back."""
    folder = write_delivery(tmp_path / "one")
    await load_delivery(graph.store, folder)
    await correct(graph, tmp_path / "two")
    report = await load_delivery(graph.store, folder)
    assert not report.already
    (found,) = report.changed_since
    assert (found.id, found.property, found.stands, found.delivered) == ("q-990102-1", "households", 150, 120)
    assert "local:li" in found.by
    assert await households(graph) == (150, SAMPLE)
    again = await load_delivery(graph.store, folder)
    assert len(again.changed_since) == 1, "it is shown until somebody decides"
    put_back = await load_delivery(graph.store, folder, options=Options(restore=True))
    assert (put_back.changed, await households(graph)) == (1, (120, SAMPLE))
    assert (await load_delivery(graph.store, folder)).already


async def other_source(graph: Graph, folder: Path, who: str = "local:li", **said: str) -> None:
    """Somebody else says something of the register's own elements, speaking for its document."""
    documents = f"{DOCUMENT}{SAMPLE},样例台账,generated\n"
    tables = {**EMPTY, "nodes__SourceDocument": documents, "manifest": OTHER, **said}
    await load_delivery(graph.store, write_delivery(folder, **tables), who=who)


async def post(graph: Graph) -> list[tuple[str, date, date]]:
    """Who holds posts in the committee, since when and until when."""
    text = (
        "MATCH (p:Person)-[e:HOLDS_POST]->(:OwnersCommittee) "
        "RETURN p.id AS id, e.since AS since, e.until AS until ORDER BY id, since"
    )
    (rows,) = await graph.store.read([(text, {})])
    return [(row["id"], row["since"], row["until"]) for row in rows]


async def test_each_value_is_that_of_who_changed_it_last(graph: Graph, tmp_path: Path) -> None:
    """Another value that the register changes itself lets go of none, and each is told with its author."""
    table = "id,name,households,source\nq-990102-1,{},{},d-990102-register\n"
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    for who, name, number in (("local:li", "样例小区一", 150), ("local:wang", "样例小区一期", 150)):
        said = {"nodes__Quarter": table.format(name, number)}
        await other_source(graph, tmp_path / who, who, **said)
    folder = write_delivery(tmp_path / "same")
    by = {d.property: d.by.split()[-2] for d in (await load_delivery(graph.store, folder)).changed_since}
    assert by == {"households": "local:li", "name": "local:wang"}
    newer = "id,name,households,floor_area_m2\nq-990102-1,样例小区一,120,9000\nq-990102-2,样例小区二,,\n"
    folder = write_delivery(tmp_path / "newer", nodes__Quarter=newer)
    for _ in range(2):
        report = await load_delivery(graph.store, folder)
        assert {d.property for d in report.changed_since} == {"households", "name"}
        assert await households(graph) == (150, SAMPLE)
    restored = await load_delivery(graph.store, folder, options=Options(restore=True))
    assert (restored.changed, await households(graph)) == (1, (120, SAMPLE))


async def test_days_that_others_changed_and_ends_they_set_are_put_back(graph: Graph, tmp_path: Path) -> None:
    """Both stay until that is asked for; what another source made its own is told and never put back."""
    folder = write_delivery(tmp_path / "one")
    await load_delivery(graph.store, folder)
    before = await post(graph)
    posts = "from,to,role,since,until,source\n"
    moved = f"p-990102-1,oc-990102-1,chair,2023-03-01,2025-05-01,{SAMPLE}\n"
    await other_source(graph, tmp_path / "two", edges__HOLDS_POST=posts + moved)
    after = [("p-990102-1", date(2023, 3, 1), date(2025, 5, 1)), before[1]]
    report = await load_delivery(graph.store, folder)
    assert {(d.property, d.stands) for d in report.changed_since} == {
        ("since", after[0][1]),
        ("until", after[0][2]),
    }
    assert await post(graph) == after
    taken = {**EMPTY, "manifest": OTHER, "nodes__SourceDocument": DOCUMENT, "nodes__Quarter": quarters(170)}
    theirs = write_delivery(tmp_path / "three", **taken)
    await load_delivery(graph.store, theirs, who="local:wang", options=Options(take_over=True))
    restored = await load_delivery(graph.store, folder, options=Options(restore=True))
    assert await post(graph) == before
    assert await households(graph) == (170, "d-990102-other")
    (left,) = (d for d in restored.changed_since if not d.put_back)
    assert (left.property, left.stands, "local:wang" in left.by) == ("source", "d-990102-other", True)
    (conflict,) = restored.conflicts
    assert conflict.by.startswith("d-990102-other")
    assert "local:wang" in conflict.by


async def test_what_others_removed_stays_away_until_it_is_put_back(graph: Graph, tmp_path: Path) -> None:
    """A thing with what hung on it; where the register says something new of it, it comes back."""
    folder = write_delivery(tmp_path / "one")
    await load_delivery(graph.store, folder)
    before = await post(graph)
    both = {**EMPTY, "manifest": OTHER, "nodes__SourceDocument": DOCUMENT}
    for name in ("nodes/Person", "edges/HOLDS_POST"):
        both[name.replace("/", "__")] = TABLES[name]
    theirs = write_delivery(tmp_path / "two", **both)
    await load_delivery(graph.store, theirs, options=Options(take_over=True))
    for name in ("nodes__Person", "edges__HOLDS_POST"):
        both[name] = "\n".join(both[name].splitlines()[:-1]) + "\n"
    theirs = write_delivery(tmp_path / "three", **both)
    await load_delivery(graph.store, theirs, who="local:li", options=Options("remove"))
    assert await post(graph) == before[:1]
    report = await load_delivery(graph.store, folder)
    gone = {"p-990102-2", "p-990102-2~HOLDS_POST~oc-990102-1~member~1"}
    assert {d.id for d in report.changed_since if not d.property} >= gone
    assert await post(graph) == before[:1]
    lines = [line for line in report.lines() if line.group == "changed_since" and line.id in gone]
    assert {line.name for line in lines} == {"样例人二", "样例人二 → 一号业委会"}
    assert all("local:li" in line.note and "已改回" not in line.note for line in lines)
    renamed = write_delivery(
        tmp_path / "four", nodes__Person=TABLES["nodes/Person"].replace("样例人二", "样例人贰")
    )
    assert any(
        d.id == "p-990102-2" and d.put_back for d in (await load_delivery(graph.store, renamed)).changed_since
    )
    assert await post(graph) == before[:1]
    await load_delivery(graph.store, renamed, options=Options(restore=True))
    assert await post(graph) == before
    assert await verify(graph.store) == []


async def test_a_decision_is_never_put_back(graph: Graph, tmp_path: Path) -> None:
    """Who was appointed here stays, and whom that ended: the register only tells of it."""
    folder = write_delivery(tmp_path / "one")
    await load_delivery(graph.store, folder)
    id_ = "p-990102-1~HOLDS_POST~oc-990102-1~chair~1"
    text = "MATCH ()-[e:HOLDS_POST {id: $id}]->() RETURN properties(e) AS e"
    old = (await graph.store.read([(text, {"id": id_})]))[0][0]["e"]
    ended = Change("HOLDS_POST", old, {**old, "until": date(2025, 5, 1)}, "p-990102-1", "oc-990102-1")

    async def work(tx: Transaction) -> None:
        seen = (await read_state(graph.store)).version
        await take_version(tx, seen)
        await apply_changes(tx, [ended])
        number = await last_number(tx) + 1
        made = ChangeSet(number, "decision", "d-990102-decided", "免去主任", version=seen + 1, ended=1)
        await record(tx, made, [ended])

    await graph.store.write(work)
    restored = await load_delivery(graph.store, folder, options=Options(restore=True))
    (told,) = restored.changed_since
    assert (told.id, told.property, told.put_back, "免去主任" in told.by) == (id_, "until", False, True)
    assert (await post(graph))[0][2] == date(2025, 5, 1)


async def test_a_newer_statement_counts_more_than_somebody_elses_change(graph: Graph, tmp_path: Path) -> None:
    """The register itself says something new: that is what its own element gets."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    await correct(graph, tmp_path / "two")
    tables = {"nodes__Quarter": quarters(130) + "q-990102-2,样例小区二,,\n"}
    report = await load_delivery(graph.store, write_delivery(tmp_path / "three", **tables))
    assert (report.changed_since, await households(graph)) == ([], (130, SAMPLE))


async def test_a_start_that_is_no_longer_given_stays(graph: Graph, tmp_path: Path) -> None:
    """An emptied cell takes no day away, as it takes no other value."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one"))
    covers = "from,to,since\noc-990102-1,q-990102-1,\npo-990102-1,q-990102-1,\n"
    report = await load_delivery(graph.store, write_delivery(tmp_path / "two", edges__COVERS=covers))
    assert report.emptied == ["oc-990102-1~COVERS~q-990102-1.since"]
    text = "MATCH (:OwnersCommittee)-[e:COVERS]->() RETURN e.since AS since, e.since_known AS known"
    assert (await graph.store.read([(text, {})]))[0] == [{"since": date(2023, 1, 1), "known": True}]


async def test_history_is_removed_with_a_reason_only(graph: Graph, tmp_path: Path) -> None:
    """An option of its own, that is on record."""
    await load_delivery(graph.store, write_delivery(tmp_path / "one", **operated(1)))
    folder = write_delivery(tmp_path / "two", **operated(2))
    await load_delivery(graph.store, folder, options=Options("end", date(2025, 6, 1)), today=TODAY)
    for wrong in (Options("remove", history=" "), Options(history="误填")):
        with pytest.raises(BadParameter, match="--history"):
            await load_delivery(graph.store, folder, options=wrong, today=TODAY)
    given = Options("remove", history="误填")
    await load_delivery(graph.store, folder, options=given, today=TODAY)
    assert await operators(graph) == {"pf-990102-2": OPEN_END}
    assert "误填" in (await read_sets(graph.store))[-1].options


@dataclass(frozen=True)
class Register:
    """A state of the sample's register: per quarter its community and operator; who chairs; the chain."""

    places: tuple[int, int]
    operators: tuple[int | None, int | None]
    since: str
    chair: int | None
    secretary_above: tuple[int | None, int | None, int | None]

    def tables(self) -> dict[str, str]:
        """The tables of a delivery of this state."""
        communities = "990102001001,甲社区,community\n990102001002,乙社区,community\n"
        chain = "".join(
            f"po-990102-{n},po-990102-{up}\n" for n, up in enumerate(self.secretary_above, start=1) if up
        )
        run = [(n, firm) for n, firm in enumerate(self.operators, start=1) if firm]
        return {
            "nodes__Area": TABLES["nodes/Area"] + communities,
            "edges__PART_OF": "from,to,since\n990102001000,990102000000,\n"
            "990102001001,990102001000,\n990102001002,990102001000,\n"
            + "".join(f"q-990102-{n},99010200100{c},\n" for n, c in enumerate(self.places, start=1)),
            "nodes__PropertyFirm": PROJECT["nodes__PropertyFirm"],
            "nodes__PropertyProject": "id,name,mode\n"
            + "".join(f"pp-990102-{n},项目{n},contract\n" for n, _ in run),
            "edges__SERVES": "from,to\n" + "".join(f"pp-990102-{n},q-990102-{n}\n" for n, _ in run),
            "edges__OPERATED_BY": "from,to,since\n"
            + "".join(f"pp-990102-{n},pf-990102-{f},{self.since}\n" for n, f in run),
            "edges__HOLDS_POST": "from,to,role\n"
            + (f"p-990102-{self.chair},oc-990102-1,chair\n" if self.chair else ""),
            "nodes__PartyOrganization": "id,name,tier,level\n"
            + "".join(f"po-990102-{n},组织{n},branch,quarter\n" for n in (1, 2, 3)),
            "edges__SUBORDINATE_TO": f"from,to\n{chain}",
        }

    def edges(self) -> set[tuple[str, str, str]]:
        """Start, type and end of what the register says of today, of the types that change."""
        return {
            *((f"q-990102-{n}", "PART_OF", f"99010200100{c}") for n, c in enumerate(self.places, start=1)),
            *(
                (f"pp-990102-{n}", "OPERATED_BY", f"pf-990102-{f}")
                for n, f in enumerate(self.operators, start=1)
                if f
            ),
            *(
                (f"po-990102-{n}", "SUBORDINATE_TO", f"po-990102-{up}")
                for n, up in enumerate(self.secretary_above, start=1)
                if up
            ),
            *([(f"p-990102-{self.chair}", "HOLDS_POST", "oc-990102-1")] if self.chair else []),
        }


def _no_circle(chain: tuple[int | None, int | None, int | None]) -> bool:
    for start in (1, 2, 3):
        seen: set[int] = set()
        at: int | None = start
        while at is not None:
            if at in seen:
                return False
            seen.add(at)
            at = chain[at - 1]
    return True


a_firm = st.sampled_from([None, 1, 2])
states = st.builds(
    Register,
    places=st.tuples(st.sampled_from([1, 2]), st.sampled_from([1, 2])),
    operators=st.tuples(a_firm, a_firm),
    since=st.sampled_from(["", "2019-01-01", "2025-05-01"]),
    chair=a_firm,
    secretary_above=st.tuples(*[st.sampled_from([None, 1, 2, 3])] * 3).filter(_no_circle),
)
TODAYS_EDGES = (
    "MATCH (a)-[e:PART_OF|OPERATED_BY|SUBORDINATE_TO|HOLDS_POST]->(b) WHERE NOT a:Area "
    "RETURN a.id AS a, type(e) AS type, b.id AS b, e.until AS until, e.since AS since"
)


@settings(max_examples=12)
@given(sequence=st.lists(states, min_size=2, max_size=4), missing=st.sampled_from(["end", "remove"]))
async def test_any_later_state_of_a_register_loads(
    scratches: Opener, sequence: list[Register], missing: Missing
) -> None:
    """Today is what the last delivery says; what earlier ones said has ended or is gone, nothing is lost."""
    graph = await scratches("embedded")
    await wipe(graph.store)
    ended: dict[tuple[str, str, str], date] = {}
    before: set[tuple[str, str, str]] = set()
    with TemporaryDirectory() as folder:
        for n, state in enumerate(sequence, start=1):
            delivery = write_delivery(Path(folder) / str(n), **state.tables())
            day = date(2025, 6, n)
            await load_delivery(graph.store, delivery, options=options(missing, day), today=day)
            ended |= dict.fromkeys(before - state.edges(), day)
            before = state.edges()
            ended = {edge: end for edge, end in ended.items() if edge not in before}
            (rows,) = await graph.store.read([(TODAYS_EDGES, {})])
            found = {(r["a"], r["type"], r["b"]): r["until"] for r in rows}
            assert len(found) == len(rows)
            history = ended if missing == "end" else {}
            assert found == {**history, **dict.fromkeys(before, OPEN_END)}
    assert await verify(graph.store) == []
