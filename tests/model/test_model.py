"""The model is the one source: ids, constraints, dictionary and costs follow from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import BadParameter
from graph.model import (
    CROSS_ROLES,
    EDGES,
    NEED_MEETS,
    NODES,
    POSTS,
    edge_id,
    is_valid_id,
    label_of,
    labels_by_prefix,
    walk_cost,
)
from graph.model.dictionary import make_dictionary
from graph.model.vocabulary import NeedCategory, PostRole, ResourceCategory
from graph.reading.graph import Graph
from graph.store.schema import OPERATIONAL, schema_statements
from tests.conftest import unmasked

ROOT = Path(__file__).parents[2]


def test_no_node_type_and_no_edge_type_is_lost() -> None:
    """As many as the model describes at least, the user's own kinds among them."""
    assert len(NODES) >= 21
    assert len(EDGES) >= 23
    assert {"PartyOrganization", "Unit", "OwnersCommittee", "PropertyFirm", "Person"} <= set(NODES)


def test_a_prefix_tells_the_label() -> None:
    """No two labels share a prefix, and an id's label is read from it."""
    assert len(NODES) == len(labels_by_prefix())
    assert label_of("pp-990101-01") == "PropertyProject"
    assert label_of("p-990101-0001") == "Person"
    assert label_of("430407004-laiyanta") == "Area"


def test_an_unknown_prefix_is_refused() -> None:
    """An id that begins with no prefix of the model is no id."""
    with pytest.raises(BadParameter, match="zz-1"):
        label_of("zz-1")


@pytest.mark.parametrize(
    ("label", "node_id", "valid"),
    [
        ("Area", "430407001000", True),
        ("Area", "430407004-laiyanta", True),
        ("Area", "q-430407-mawang", False),
        ("Quarter", "q-430407-mawang-2", True),
        ("Quarter", "q-430407-Mawang", False),
        ("Quarter", "q-4304-mawang", False),
        ("Quarter", "po-430407-mawang", False),
        ("Person", "p-990101-张三", False),
    ],
)
def test_ids_have_the_prescribed_form(label: str, node_id: str, valid: bool) -> None:
    """Prefix, six digits, then lower-case letters, digits and hyphens; nothing else."""
    assert valid is is_valid_id(label, node_id)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (edge_id("PART_OF", "q-1", "4304"), "q-1~PART_OF~4304"),
        (edge_id("PART_OF", "q-1", "4304", spell=2), "q-1~PART_OF~4304~2"),
        (edge_id("HOLDS_POST", "p-1", "oc-1", "chair"), "p-1~HOLDS_POST~oc-1~chair~1"),
        (edge_id("COMPLETE_IN", "q-1", "d-1", "post"), "q-1~COMPLETE_IN~d-1~post"),
    ],
)
def test_edge_ids_follow_from_ends_key_and_spell(made: str, expected: str) -> None:
    """Dates are no part of an edge's id, so a corrected date changes none."""
    assert expected == made


def test_every_type_and_property_has_both_names() -> None:
    """Chinese and English display names stand for every type and property."""
    for element in (*NODES.values(), *EDGES.values()):
        assert all((element.zh, element.en)), element
        for name, found in element.properties().items():
            assert all((found.prop.zh, found.prop.en)), (element, name)


def test_ends_and_roles_name_what_exists() -> None:
    """Edges join labels of the model, and posts are roles of the vocabulary."""
    for edge in EDGES.values():
        for froms, tos in edge.ends:
            assert set(froms) | set(tos) <= set(NODES), edge.type
        for rule in edge.cardinalities:
            assert set(rule.labels) | set(rule.other) <= set(NODES)
    for label, roles in POSTS.items():
        assert label in NODES
        assert set(roles) <= {r.value for r in PostRole}
        assert set(CROSS_ROLES.get(label, ())) <= set(roles)


def test_every_need_names_the_resources_that_would_meet_it() -> None:
    """The map from needs to resources speaks of every category of need."""
    assert set(NeedCategory) == set(NEED_MEETS)
    assert {r for found in NEED_MEETS.values() for r in found} <= set(ResourceCategory)


def test_sensitive_data_is_flagged() -> None:
    """Names, membership, kinship, homes and pay are flagged for masking."""
    person = NODES["Person"].properties()
    assert person["name"].prop.flag == "personal"
    assert person["party_status"].prop.flag == "sensitive"
    assert EDGES["HOLDS_POST"].properties()["paid"].prop.flag == "personal"
    assert {t: EDGES[t].flag for t in ("MEMBER_OF", "RELATED_TO", "OWNS_HOME_IN")} == {
        "MEMBER_OF": "sensitive",
        "RELATED_TO": "sensitive",
        "OWNS_HOME_IN": "personal",
    }


def test_the_dictionary_in_the_docs_is_the_models() -> None:
    """`make docs` was run after the last change of the model."""
    assert make_dictionary() == (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")


async def test_a_path_costs_what_the_model_says_of_its_edges(loaded: Graph) -> None:
    """The path query adds up the costs that the model declares for each edge type."""
    query = loaded.catalogue["resource_paths"]
    paths = (await unmasked(loaded).ask(query, {"source": "n-990101-0001", "k": 50})).data
    assert paths
    for path in paths:
        assert sum(walk_cost(t) or 0 for t in path["types"]) == path["cost"]


async def test_every_type_has_a_unique_id_in_the_engine(graph: Graph) -> None:
    """The engine lists a constraint for every label and edge type of the model."""
    found = await graph.store.read([("SHOW CONSTRAINTS", {})])
    names = {str(row["name"]).lower() for row in found[0]}
    wanted = {re.split(r"\s", s)[2] for s in schema_statements()}
    assert len(NODES) + len(OPERATIONAL) + len(EDGES) == len(wanted)
    assert wanted <= names
