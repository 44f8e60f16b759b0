"""The documented places and the worked example give back what their documents state."""

from __future__ import annotations

import csv
import fnmatch
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.coverage.count import find_coverage
from graph.data_files import data_folder
from graph.errors import NotFound
from graph.model import NODES
from graph.paths import find_paths_of_area
from graph.reading.graph import Graph
from graph.reading.place_questions import describe_place, read_questions
from graph.reading.places import everywhere, find_area, find_place, read_places
from graph.rules.check import check_rules
from graph.store import Statement
from tests.builder import GraphBuilder
from tests.conftest import Opener, rows, unmasked, wipe
from tests.reading.expected import unmet

PLACES = ("chengdong", "danshui", "shigu", "tianyuan", "tongchuan", "worked_example")
DOCUMENTED = PLACES[:-1]
QUESTIONS = [(p, i, q) for p in PLACES for i, q in enumerate(read_questions(p), start=1)]


@pytest.mark.parametrize(
    ("place", "question"), [(p, q) for p, _, q in QUESTIONS], ids=[f"{p}::{i}" for p, i, _ in QUESTIONS]
)
async def test_a_place_answers_its_own_question(place: str, question: Any, loaded: Graph) -> None:
    """The catalogue query gives the rows that the document, or plain Python, says."""
    answer = await unmasked(loaded).ask(loaded.catalogue[question.query], dict(question.params))
    assert unmet(question, answer.data) == [], question.zh


@pytest.mark.parametrize("place", PLACES)
async def test_every_question_of_a_place_can_fail(place: str, loaded: Graph) -> None:
    """A question expects something; none is met by an empty answer unless that is expected."""
    for question in read_questions(place):
        assert question.expect or question.rows is not None, question.zh
        if question.rows != 0:
            assert unmet(question, []), question.zh


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("衡阳石鼓", "shigu"),
        ("西宁城东", "chengdong"),
        ("达州通川", "tongchuan"),
        ("惠阳淡水", "danshui"),
        ("株洲天元", "tianyuan"),
        ("shigu", "shigu"),
    ],
)
async def test_a_place_is_found_by_either_name(said: str, name: str, loaded: Graph) -> None:
    """A folder name, a full Chinese name and a short form all mean the place."""
    assert name == (await find_place(loaded, said)).name


async def test_an_unknown_place_is_told_with_those_there_are(loaded: Graph) -> None:
    """The error lists the places that are loaded."""
    with pytest.raises(NotFound, match="shigu"):
        await find_place(loaded, "北京")


async def test_a_place_of_several_sources_is_one_place(scratches: Opener) -> None:
    """Four registers of a district and one of a street in it: one scope, found by either name."""
    graph = await scratches("embedded")
    await wipe(graph.store)
    build = GraphBuilder()
    build.node("990300000000", name="云山区", level="district")
    build.node("990301000000", name="云山街道", level="subdistrict")
    build.edge("990301000000", "PART_OF", "990300000000")
    await build.write(graph.store)
    loads = [
        {
            "id": f"d-{n}",
            "source": f"d-{n}",
            "place": f"p{area}",
            "place_zh": zh,
            "area": area,
            "synthetic": True,
        }
        for n, (area, zh) in enumerate(
            [("990300000000", "云山区（990300）")] * 4 + [("990301000000", "云山街")]
        )
    ]
    create = "UNWIND $loads AS load CREATE (l:Load) SET l = load"
    await graph.store.write(lambda tx: tx.run(create, {"loads": loads}))
    assert await everywhere(graph) == ["990300000000"]
    assert len(await read_places(graph)) == 2
    assert await find_area(graph, "云山区") == "990300000000"
    assert await find_area(graph, "雲山街道") == "990301000000"
    assert await find_area(graph, "云山街道", "990301000000") == "990301000000"
    for name, within in (("云三街道", None), ("云山街道", "990302000000")):
        with pytest.raises(NotFound) as told:
            await find_area(graph, name, within)
        assert ("云山街道" in told.value.zh.partition("相近")[2]) == (within is None)


async def test_all_places_are_there_the_invented_one_last(loaded: Graph) -> None:
    """Five documented places and one that is marked as invented."""
    found = await read_places(loaded)
    assert list(PLACES) == [p.name for p in found]
    assert [p.synthetic for p in found] == [False] * 5 + [True]


@pytest.mark.parametrize("place", DOCUMENTED)
async def test_a_silent_document_gives_unknown_never_a_gap(place: str, loaded: Graph) -> None:
    """No document closes a list, so no coverage dimension shows a gap and no share arises."""
    area = (await find_place(loaded, place)).area
    coverage = (await find_coverage(loaded, area=area)).data
    assert coverage
    assert {0} == {row["gap"] for row in coverage}
    assert {None} == {row["share_low"] for row in coverage}
    checks = (await check_rules(loaded, area=area)).data
    assert {row["verdict"] for row in checks} <= {"unknown", "pass", "not_applicable"}


@pytest.mark.parametrize("place", PLACES)
async def test_a_place_has_paths_or_says_why_not(place: str, loaded: Graph) -> None:
    """Each need or quarter gets paths, or a verdict with the registers that are missing."""
    area = (await find_place(loaded, place)).area
    answers = await find_paths_of_area(loaded, str(area))
    for answer in answers:
        data = answer.data
        assert bool(data["paths"]) is (data["verdict"] == "found")
        assert bool(data["missing"]) is (data["verdict"] == "unknown")
        for path in data["paths"]:
            assert all(hop["source"] and hop["sentence_zh"] for hop in path["hops"])


async def test_a_place_shows_claims_and_live_answers(loaded: Graph) -> None:
    """The page of a place has its published figures and its questions with rows of the graph."""
    place = await find_place(loaded, "天元")
    answer = await describe_place(loaded, place)
    claims = {c["metric"]: c["value"] for c in answer.data["claims"]}
    assert tuple(claims[f"party_branch.{m}"] for m in ("bodies", "covered", "share")) == (117.0, 244.0, 72.0)
    assert len(read_questions("tianyuan")) == len(answer.data["questions"])


async def test_a_claim_never_becomes_a_count(loaded: Graph) -> None:
    """天元 states 117 branches; the graph holds the few that are named, and invents none."""
    area = "430211000000"
    (coverage,) = [
        r
        for r in (await find_coverage(loaded, area=area, dimension="party_branch")).data
        if r["area"] == area
    ]
    assert tuple(coverage[k] for k in ("covered", "gap", "unknown", "total_complete")) == (2, 0, 0, False)


async def test_the_tier_of_a_community_organization_is_its_own(loaded: Graph) -> None:
    """党委, 党总支 and 党支部 stand side by side: the tier is data of each node."""
    found = await loaded.store.read(
        [
            (
                "MATCH (o:PartyOrganization {level: 'community'}) WHERE NOT o.synthetic "
                "RETURN DISTINCT o.tier AS tier",
                {},
            )
        ]
    )
    assert {"committee", "general_branch"} <= {row["tier"] for row in found[0]}


async def test_part_time_members_are_told_apart_by_the_level_of_the_body(loaded: Graph) -> None:
    """兼职委员 of a community and of a quarter are rules about different bodies."""
    tianyuan = await rows(loaded, "mechanisms", area="430211000000", kind="post_rule")
    danshui = await rows(loaded, "mechanisms", area="441303001000", kind="post_rule")
    assert any("part_time_member" in (m["post_to"] or "") for m in tianyuan)
    assert any("part_time_member" in (m["post_to"] or "") for m in danshui)


async def test_meetings_have_the_parties_and_period_of_their_document(loaded: Graph) -> None:
    """Only 石鼓 states how often the joint meeting is held; the parties differ by place."""
    periods = {}
    parties = {}
    for place in DOCUMENTED:
        area = (await find_place(loaded, place)).area
        for found in await rows(loaded, "mechanisms", area=area, kind="joint_meeting"):
            periods[place] = found["period_days"]
            parties[place] = tuple(sorted(found["parties"] or ()))
    assert {p: d for p, d in periods.items() if d is not None} == {"shigu": 31}
    assert len(set(parties.values())) > 1


async def test_four_levels_are_four_different_things(loaded: Graph) -> None:
    """Party chain, venues, grid and government: each "四级" keeps its own steps."""
    steps = set()
    for place in ("tongchuan", "chengdong", "tianyuan"):
        area = (await find_place(loaded, place)).area
        for found in await rows(loaded, "mechanisms", area=area):
            if found["steps"] and len(found["steps"]) == 4:
                steps.add(tuple(found["steps"]))
    assert len(steps) >= 4


def test_only_the_documents_named_person_is_a_real_person() -> None:
    """One person is named in the five documents; no one else is in their data."""
    persons = [
        line
        for place in DOCUMENTED
        for path in (data_folder("seed_data") / place / "nodes").glob("Person.csv")
        for line in path.read_text("utf-8").splitlines()[1:]
    ]
    assert len(persons) == 1


@pytest.mark.parametrize("place", PLACES)
def test_a_place_has_a_readme_with_its_figures(place: str) -> None:
    """Beside the data stands what the document states and what is left unknown."""
    text = (Path(data_folder("seed_data")) / place / "README.md").read_text("utf-8")
    assert len(text) > 1000


async def test_an_early_day_is_before_the_first_record(loaded: Graph) -> None:
    """The example's district had no owners' committees in 2001."""
    answer = await find_coverage(
        loaded, area="990101000000", dimension="owners_committee", as_of=date(2001, 1, 1)
    )
    assert {0} == {row["covered"] for row in answer.data}


def _records(place: str) -> dict[str, list[dict[str, str]]]:
    """By node type: the rows of a place's delivery."""
    folder = data_folder("seed_data") / place / "nodes"
    return {
        path.stem: list(csv.DictReader(path.read_text("utf-8").splitlines()))
        for path in sorted(folder.glob("*.csv"))
    }


SENTENCES = {"chengdong": 17, "danshui": 39, "shigu": 34, "tianyuan": 48, "tongchuan": 39}
"""How many sentences each document has, headings, captions and credits among them."""


@pytest.mark.parametrize("place", DOCUMENTED)
def test_every_sentence_of_a_document_is_accounted_for(place: str) -> None:
    """The page of a place says of each sentence which records hold it, or why none does."""
    folder = data_folder("seed_data") / place
    _, _, table = (folder / "README.md").read_text("utf-8").partition("## Sentence by sentence")
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    numbers = [int(number) for number, *_ in rows[1:]]
    assert numbers == list(range(1, SENTENCES[place] + 1))
    ids = {row["id"] for records in _records(place).values() for row in records}
    for number, _, where in rows[1:]:
        assert len(where) > 5, number
        for named in re.findall(r"`([a-z]{1,2}-\d{6}-[a-z0-9*-]+)`", where):
            assert fnmatch.filter(ids, named), f"{place}, sentence {number}: {named}"


@pytest.mark.parametrize("place", DOCUMENTED)
def test_no_fact_of_a_document_is_in_a_masked_note(place: str) -> None:
    """What has public words of its own keeps none in the note, which is personal."""
    for label, records in _records(place).items():
        if "about" in NODES[label].properties():
            assert not [row["id"] for row in records if row.get("note")]


async def test_the_words_of_a_document_are_shown_to_everybody(loaded: Graph) -> None:
    """A masked answer has the same words as one that shows personal data."""
    for place in DOCUMENTED:
        area = (await find_place(loaded, place)).area
        found = await rows(loaded, "statements", area=area)
        assert any(row["about"] for row in found)
        assert found == await rows(unmasked(loaded), "statements", area=area)


async def test_the_words_of_an_area_are_those_of_its_records(loaded: Graph) -> None:
    """The rows of `statements` are every record of the five deliveries that has words or steps."""
    nowhere = {"st-630102-township"}  # of a township that the document does not name
    for place in DOCUMENTED:
        area = (await find_place(loaded, place)).area
        wanted = {
            row["id"]
            for records in _records(place).values()
            for row in records
            if row.get("about") or row.get("steps")
        }
        found = {row["thing"] for row in await rows(loaded, "statements", area=area)}
        assert wanted - nowhere == found


def test_the_table_of_facts_names_records_that_there_are() -> None:
    """Each document has its table, of ids that are in its data and of questions that it asks."""
    text = (Path(__file__).parents[2] / "docs" / "facts.md").read_text("utf-8")
    *tables, second = text.split("\n## ")[1:]
    places = ("shigu", "chengdong", "tongchuan", "danshui", "tianyuan")
    for place, section in zip(places, tables, strict=True):
        ids = {row["id"] for records in _records(place).values() for row in records}
        assert set(re.findall(r"`([a-z]{1,2}-\d{6}-[^`]+)`", section)) <= ids
        asked = {int(n) for list_ in re.findall(r"Q ([\d, ]+)", section) for n in list_.split(",")}
        assert asked <= set(range(1, len(read_questions(place)) + 1))
        states = re.findall(r"\| (right|reading|disputed)", section)
        assert states.count("disputed") <= 2
    read = [line.split(" | ") for line in second.splitlines() if re.search(r"\| \d+ \|", line)]
    assert [int(row[1]) for row in read] == [SENTENCES[place] for place in places]
    assert all(1 <= len(row[3].split("; ")) <= 2 for row in read)


async def test_nodes_are_counted_by_type_and_what_records_loads_is_none(loaded: Graph) -> None:
    """Each type of the model as counted on its own; Meta, loads and their history are left out."""
    counted = {row["type"]: row["nodes"] for row in await rows(loaded, "nodes_by_type")}
    statements: list[Statement] = [(f"MATCH (n:{label}) RETURN count(n) AS n", {}) for label in NODES]
    alone = await loaded.store.read(statements)
    expected = {label: found[0]["n"] for label, found in zip(NODES, alone, strict=True)}
    assert counted == {label: n for label, n in expected.items() if n}
