"""Words in the place of ids: a clerk proposes by names, and a wrong word gets the right ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.appointments.named import with_ids
from graph.errors import BadParameter
from graph.model import POSTS
from graph.model.posts import posts_named, words_of
from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.cli.running import cobuild, on_loaded, on_scratch
from tests.conftest import Opener, unmasked

__all__ = ["cobuild", "on_loaded", "on_scratch"]

NAMES = "MATCH (n:{label} {{id: $id}}) RETURN n.name AS name"


@pytest.fixture
async def example(loader: Opener) -> Graph:
    """All of the seed data on the embedded engine, for who may see persons."""
    return unmasked(await loader("embedded"))


async def name_of(graph: Graph, label: str, id_: str) -> str:
    (row,) = (await graph.store.read([(NAMES.format(label=label), {"id": id_})]))[0]
    return str(row["name"])


def proposal(**change: Any) -> dict[str, Any]:
    return {"as_of": "2025-06-30", "changes": [{"kind": "appoint", **change}]}


async def test_names_become_ids(example: Graph) -> None:
    """A body by its name, a post by its word there; ids stay."""
    body = await name_of(example, "OwnersCommittee", "oc-990101-009")
    given = proposal(person="p-990101-0022", body=body, role="委员")
    (change,) = (await with_ids(example, given))["changes"]
    assert (change["person"], change["body"], change["role"]) == ("p-990101-0022", "oc-990101-009", "member")


async def test_a_person_by_name_needs_the_right(example: Graph, loader: Opener) -> None:
    """Or a name that is found would tell that somebody is on record."""
    name = await name_of(example, "Person", "p-990101-0022")
    given = proposal(person=name, body="oc-990101-009", role="member")
    with pytest.raises(BadParameter, match="理由"):
        await with_ids(await loader("embedded"), given)
    (change,) = (await with_ids(example, given))["changes"]
    assert change["person"] == "p-990101-0022"


APPOINT = ("appoint", "--dry-run", "--body", "oc-990101-009", "--role", "委员", "--as-of", "2025-06-30")


@pytest.fixture
async def name(loaded: Graph) -> str:
    """Of a person of the seed data."""
    if loaded.settings.neo4j_uri is not None:
        pytest.skip("names are looked up beside either engine")
    return await name_of(loaded, "Person", "p-990101-0022")


@pytest.fixture
async def namesakes(graph: Graph) -> Graph:
    """Two persons of one name in two committees, and one whose name begins like it."""
    builder = GraphBuilder()
    for number, (role, called) in enumerate((("chair", "张三"), ("member", "張三"), ("member", "张三丰"))):
        person = builder.node(f"p-990101-a{number}", name=called, gender="male")
        builder.post(person, role, builder.node(f"oc-990101-a{number}", name=f"第{number}业委会"))
    await builder.write(graph.store)
    return graph


@pytest.fixture
async def called_otherwise(graph: Graph) -> Graph:
    """A quarter whose committee does not have its name, and a person."""
    builder = GraphBuilder()
    committee = builder.node("oc-990101-a1", name="第二届业主大会", kind="owners_committee")
    builder.edge(committee, "COVERS", builder.node("q-990101-a1", name="望云台小区"))
    builder.edge(builder.node("oc-990101-a2", name="另一业主大会"), "COVERS", builder.node("q-990101-a2"))
    builder.node("p-990101-a1", name="张三")
    await builder.write(graph.store)
    return graph


def on_record(run: Any, what: str) -> list[dict[str, Any]]:
    """The entries of the audit trail about a command."""
    return [e for e in run("audit", "list", "--format", "json").json if e["what"].startswith(what)]


def test_who_types_a_name_at_the_machine_gets_a_masked_answer(on_loaded: Any, name: str) -> None:
    """What the id gives; the name is on record as a use of personal data, and no name comes out."""
    by_id = on_loaded(*APPOINT, "--person", "p-990101-0022", "--format", "json")
    before = len(on_record(on_loaded, "cobuild appoint"))
    by_name = on_loaded(*APPOINT, "--person", name, "--format", "json")
    assert (by_name.code, by_name.json["data"]) == (0, by_id.json["data"])
    assert name not in by_name.out
    assert f"“{name}”即 p-990101-0022（" in by_name.err
    entries = on_record(on_loaded, "cobuild appoint")[before:]
    shown = [(e["what"], e["personal"], bool(e["reason"])) for e in entries]
    assert shown == [("cobuild appoint", False, False), ("cobuild appoint by name", True, True)]
    assert entries[1]["parameters"]["person"] == name


def test_a_name_that_nobody_has_brings_nobody_elses(on_loaded: Any, name: str) -> None:
    """Neither a part of a name nor a slip lists persons, where personal data are not shown."""
    for wrong in (name[:-1], f"{name}甲"):
        ran = on_loaded(*APPOINT, "--person", wrong)
        assert (ran.code, "p-990101" in ran.err, name in ran.err.replace(wrong, "")) == (2, False, False)
        assert on_loaded("search", wrong, "--types", "Person", "--format", "json").json["data"] == []


def test_a_search_finds_a_person_by_the_whole_name(on_loaded: Any, name: str) -> None:
    """Where nothing else is called so, masked and on record; what else is found asks for no person."""
    before = len(on_record(on_loaded, "cobuild search"))
    (row,) = on_loaded("search", name, "--format", "json").json["data"]
    assert (row["id"], row["name"], row["label"]) == ("p-990101-0022", "＊＊＊", "Person")
    assert on_loaded("search", "示例小区009", "--format", "json").json["data"]
    entries = on_record(on_loaded, "cobuild search")[before:]
    assert [(e["what"], e["personal"]) for e in entries] == [("cobuild search by name", True)]


@pytest.mark.usefixtures("namesakes")
def test_a_name_of_several_is_told_apart_by_id_and_post(on_scratch: Any) -> None:
    """How many there are, and what posts they hold; nothing that is personal."""
    ran = on_scratch("appoint", "--dry-run", "--person", "张三", "--body", "第2业委会", "--role", "委员")
    told = "".join(ran.err.split())
    assert ran.code == 2
    assert "有2人姓名为“张三”：p-990101-a0（第0业委会主任）、p-990101-a1（第1业委会委员（成员））" in told
    assert "张三丰" not in told
    assert "a2" not in told


@pytest.mark.usefixtures("namesakes")
def test_of_several_of_one_name_the_holder_is_relieved(on_scratch: Any, tmp_path: Path) -> None:
    """The post says who is meant; where nobody of the name holds it the question stays."""
    file = tmp_path / "方案.json"
    for body, role, told in (("第1业委会", "委员", "p-990101-a1"), ("第2业委会", "委员", "有 2 人")):
        change = {"kind": "relieve", "person": "张三", "body": body, "role": role}
        file.write_text(json.dumps({"as_of": "2025-06-30", "changes": [change]}), "utf-8")
        assert told in on_scratch("appoint", str(file), "--dry-run").err


@pytest.mark.usefixtures("called_otherwise")
@pytest.mark.parametrize("body", ["望云台业委会", "望云台小区业主委员会"])
def test_a_committee_is_called_after_its_quarter(on_scratch: Any, body: str) -> None:
    """Whatever its own name is; what was taken for it is said."""
    ran = on_scratch("appoint", "--dry-run", "--person", "张三", "--body", body, "--role", "主任")
    assert (ran.code, f"“{body}”即 第二届业主大会 oc-990101-a1" in ran.err) == (0, True)
    wrong = on_scratch("appoint", "--dry-run", "--person", "张三", "--body", "云台业委会", "--role", "主任")
    assert (wrong.code, "没有找到" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"body": "没有这样的业委会"}, "cobuild search"),
        ({"body": "业委会"}, "oc-990101"),
        ({"body": "oc-990101-009", "role": "书记"}, "委员"),
        ({"body": "示列小区009业委会"}, "最接近的：示例小区009"),
        ({"body": "oc-990101-009", "role": "副主人"}, "最接近的：副主任"),
    ],
)
async def test_a_wrong_word_gets_the_right_ones(example: Graph, change: dict[str, str], told: str) -> None:
    """Nothing is guessed: what it may mean is listed."""
    with pytest.raises(BadParameter) as caught:
        await with_ids(example, proposal(**change))
    assert told in caught.value.zh


def test_a_word_names_one_post_of_a_body() -> None:
    """委员 and 主任 do, everywhere where they are posts; what is ambiguous is never taken."""
    assert posts_named("委员", POSTS["OwnersCommittee"]) == ["member"]
    assert posts_named("委员", POSTS["PartyOrganization"]) == ["committee_member"]
    assert posts_named("主任", POSTS["OwnersCommittee"]) == ["chair"]
    assert posts_named("主任", POSTS["ResidentsCommittee"]) == ["director"]
    assert posts_named("项目经理", POSTS["PropertyProject"]) == ["project_manager"]
    assert all(post in words_of(post) for posts in POSTS.values() for post in posts)
