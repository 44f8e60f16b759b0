"""Words in the place of ids: a clerk proposes by names, and a wrong word gets the right ones."""

from __future__ import annotations

from typing import Any

import pytest

from graph.appointments.named import with_ids
from graph.errors import BadParameter
from graph.model import POSTS
from graph.model.posts import posts_named, words_of
from graph.reading.graph import Graph
from tests.conftest import Opener, unmasked

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
    with pytest.raises(BadParameter, match="--show-personal"):
        await with_ids(await loader("embedded"), given)
    (change,) = (await with_ids(example, given))["changes"]
    assert change["person"] == "p-990101-0022"


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
