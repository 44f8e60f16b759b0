"""The leak matrix: two graphs that differ in secrets only answer a caller without the right alike.

Every route and every catalogue file, every role, limited to an area or not: status, headers and
bytes. And no answer holds one of the secrets, as the store itself lists them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest

from graph.ledger.roles import Role
from graph.loading.load import load_delivery
from graph.loading.order import seed_folders
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from tests.api.access import bearer, guarded_app, make_keys, opened
from tests.api.secrets import change_secrets, secrets_of
from tests.api.test_scope import FILES, PROPOSAL
from tests.api.walk import ADDRESSES, COMMUNITY, DAY, PREFIX, address, query_addresses
from tests.conftest import TODAY, SettingsMaker

Request = tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]
"""Method, path, parameters, body."""
Cell = tuple[str, str, str]
"""Role, area, request."""
VIEWERS = [(Role.viewer, where) for where in ("everywhere", "community")]
OTHERS = [(role, where) for role in Role if role is not Role.viewer for where in ("everywhere", "community")]
RULES = ("R08", "R14", "R15", "R21", "R24", "R27", "R28", "R31", "R44", "R48")
"""Rules whose verdicts rest on what the sessions below do not know."""
TIMES = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?")
"""When a file was made."""


def requests(every: int = 1) -> list[Request]:
    """Every route, in the shapes in which it answers, and every so manyth catalogue file."""
    found = [address(path) for path in ADDRESSES if not path.startswith("/audit")]
    found += [(PREFIX + path, params) for path, params in FILES.values()]
    found += [(p, dict(params)) for p, params in FILES_AS_TEXT]
    found += query_addresses()[::every]
    found += [(f"{PREFIX}/checks", {"rule": rule, "area": COMMUNITY, **DAY}) for rule in RULES]
    found += [(f"{PREFIX}/candidates", {"rule": rule, "area": COMMUNITY, **DAY}) for rule in ("R17", "R21")]
    found += [
        (f"{PREFIX}/{what}", {"area": COMMUNITY, "dimension": name, **DAY})
        for what in ("coverage", "gaps")
        for name in ("oc_party_ratio", "party_member_activation", "cross_appointment", "party_branch")
    ]
    found += [
        (f"{PREFIX}/graph", {"node": "p-990101-0022", "hops": "2", **DAY}),
        (f"{PREFIX}/graph", {"rings": "po-990101-c01", **DAY}),
        (f"{PREFIX}/graph", {"node": "q-990101-001", "format": "gexf", **DAY}),
        (f"{PREFIX}/nodes/p-990101-0022", {}),
        (f"{PREFIX}/nodes/p-990101-0022/neighbours", DAY),
        (f"{PREFIX}/search", {"q": "秘钥"}),
        (f"{PREFIX}/search", {"q": "示例人0001"}),
        (f"{PREFIX}/search", {"q": "p-990101-0022", "types": "Person"}),
        (f"{PREFIX}/search", {"q": "slr", "pinyin": "true", **DAY}),
        (f"{PREFIX}/gaps/oc_party_ratio/oc-990101-001", DAY),
        (f"{PREFIX}/gaps/party_member_activation/p-990101-0022", DAY),
        (f"{PREFIX}/connections", {"source": "p-990101-0022", "target": "p-990101-0023", **DAY}),
        (f"{PREFIX}/paths", {"source": "p-990101-0022", **DAY}),
        (f"{PREFIX}/analyses/centrality", {"area": COMMUNITY, **DAY}),
    ]
    return [("GET", path, near(path, params), None) for path, params in found]


def near(path: str, params: dict[str, Any]) -> dict[str, Any]:
    """The same of one community, where it is of the district: sooner answered, and no less complete."""
    kept = {n: v for n, v in params.items() if n != "place" or "/queries/" in path}
    whole = "place" in params and "place" not in kept
    return {**kept, **({"area": COMMUNITY} if whole or "area" in kept else {})}


FILES_AS_TEXT = [
    (f"{PREFIX}/gaps/export", {"area": COMMUNITY, "format": "csv", **DAY}),
    (f"{PREFIX}/candidates/export", {"area": COMMUNITY, "format": "csv", **DAY}),
    (f"{PREFIX}/queries/body_members/export", {"body": "oc-990101-009", "format": "csv", **DAY}),
]


def posts() -> list[Request]:
    """What is sent and writes nothing."""
    sent = [
        {"query": "MATCH (p:Person) RETURN p ORDER BY p.id"},
        {"query": "MATCH (a)-[e]->(b) RETURN type(e) AS t, count(e) AS n ORDER BY t"},
        {"query": "MATCH (p:Person) WHERE p.party_status = 'full' RETURN count(p) AS n"},
    ]
    people = ("p-990101-0022", "p-990101-0023", "p-990101-0024")
    proposals = [
        {**PROPOSAL, "changes": [{"kind": "appoint", "person": p, "body": body, "role": role}]}
        for p in people
        for body, role in (("po-990101-q001", "secretary"), ("oc-990101-001", "member"))
    ]
    return [("POST", f"{PREFIX}/cypher", None, body) for body in sent] + [
        ("POST", f"{PREFIX}/appointments/check", None, body) for body in proposals
    ]


def plain(response: httpx.Response) -> str:
    """Status, headers and content; of a packed file what is in it; without the time of making."""
    kept = (
        "content-type",
        "content-disposition",
        "cobuild-stamp",
        "cobuild-truncated",
        "etag",
        "cache-control",
    )
    headers = {name: response.headers.get(name) for name in kept}
    text = response.text
    if "spreadsheet" in response.headers.get("content-type", ""):
        with zipfile.ZipFile(io.BytesIO(response.content)) as book:
            text = "\n".join(name + book.read(name).decode() for name in sorted(book.namelist()))
    return TIMES.sub("", f"{response.status_code} {headers}\n{text}")


async def answers(graph: Graph, keys: dict[tuple[Role, str], str]) -> dict[Cell, str]:
    """What everybody is answered: viewers on every route, the other roles each on a share of them.

    Every catalogue file is asked of the whole graph, every third of the community's copy, where each
    has to be planned anew.
    """
    found: dict[Cell, str] = {}
    async with opened(guarded_app(graph, rate_limit="1000000/hour")) as client:
        for number, (role, where) in enumerate([*VIEWERS, *OTHERS]):
            share = requests(1 if where == "everywhere" else 3)
            if role is not Role.viewer:
                share = share[number :: len(OTHERS)]
            for method, path, params, body in share + posts():
                response = await client.request(
                    method, path, params=params, json=body, headers=bearer(keys[role, where])
                )
                found[str(role), where, f"{method} {path} {params} {body}"] = plain(response)
    return found


@pytest.fixture(scope="module")
async def twins(make_settings: SettingsMaker) -> AsyncIterator[tuple[list[dict[Cell, str]], set[str]]]:
    """Answers before and after all secrets were changed, and the secrets of both."""
    async with AsyncExitStack() as stack:
        graph = await stack.enter_async_context(
            open_graph(make_settings("embedded", "secrets"), today=lambda: TODAY)
        )
        for delivery in seed_folders():
            if delivery.name in ("divisions", "worked_example"):
                await load_delivery(graph.store, delivery)
        # Made once: a new key is a new state of the ledger, which some ETags name.
        keys = await make_keys(graph)
        before, known = await answers(graph, keys), await secrets_of(graph)
        await change_secrets(graph)
        yield [before, await answers(graph, keys)], known | await secrets_of(graph)


def test_without_the_right_two_graphs_are_the_same(twins: tuple[list[dict[Cell, str]], set[str]]) -> None:
    """Lengths, presence, order, error texts: byte for byte, in every cell of the matrix."""
    (before, after), _ = twins
    assert before.keys() == after.keys()
    different = [cell for cell in before if before[cell] != after[cell]]
    assert different == []


def test_no_answer_holds_a_secret(twins: tuple[list[dict[Cell, str]], set[str]]) -> None:
    """No name of a person, no note, no tie that is a secret, of either graph."""
    both, secrets = twins
    assert len(secrets) > 500
    for found in both:
        for cell, text in found.items():
            asked = cell[2]
            shown = {s for s in secrets if s in text and s not in asked}
            assert not shown, (cell, sorted(shown)[:5])


def test_the_matrix_sees_answers(twins: tuple[list[dict[Cell, str]], set[str]]) -> None:
    """Most cells are answers, not refusals; each role and area has some."""
    (before, _), _ = twins
    good = [cell for cell, text in before.items() if text.startswith("200")]
    assert len(good) > len(before) / 3
    assert {(role, where) for role, where, _ in good} == {(str(r), w) for r, w in [*VIEWERS, *OTHERS]}
