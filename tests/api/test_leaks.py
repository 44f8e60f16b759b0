"""The leak matrix: two graphs that differ in secrets only answer a caller without the right alike.

Every route and every catalogue file, every role, limited to an area or not: status, headers and
bytes. And no answer holds one of the secrets, as the store itself lists them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
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
from graph.views.formats import FORMATS
from tests.api.access import ASKED, PROPOSAL, REASON, bearer, guarded_app, make_keys, opened
from tests.api.secrets import change_secrets, flagged_values, secrets_of
from tests.api.walk import ADDRESSES, COMMUNITY, DAY, FILES, PREFIX, address, query_addresses
from tests.conftest import TODAY, SettingsMaker

Request = tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]
"""Method, path, parameters, body."""
Cell = tuple[str, str, str]
"""Role, area, request."""
Twins = tuple[list[dict[Cell, str]], set[str], set[str]]
VIEWERS = [(Role.viewer, where) for where in ("everywhere", "community")]
OTHERS = [(role, where) for role in Role if role is not Role.viewer for where in ("everywhere", "community")]
RULES = ("R08", "R14", "R15", "R21", "R24", "R27", "R28", "R31", "R44", "R48")
"""Rules whose verdicts rest on what the sessions below do not know."""
SECRET_TIE = re.compile(r"~[A-Z_]+~")
TIMES = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?")
"""When a file was made."""


def requests(every: int = 1) -> list[Request]:
    """Every route, in the shapes in which it answers, and every so manyth catalogue file."""
    own = ("/audit", "/me/audit")  # what was asked before, which grows
    found = [address(path) for path in ADDRESSES if not path.startswith(own)]
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
        (f"{PREFIX}/reports/bodies/po-990101-q001", DAY),
        (f"{PREFIX}/reports/difference", {"from": RUN, "to": "2025-06-30", "area": COMMUNITY}),
    ]
    whole = {path: params for path, params in found if path.endswith(PAGED)}
    found += [(path, {**params, "limit": "2"}) for path, params in whole.items()]
    found += [(f"{PREFIX}/graph", {"node": "po-990101-q001", "format": name, **DAY}) for name in FORMATS]
    found += [(PREFIX + path, params) for path, params in MISTAKES]
    return [("GET", path, near(path, params), None) for path, params in found]


MISTAKES = [
    ("/nodes/示例人0022", {}),
    ("/nodes/p-990101-9999", {}),
    ("/nodes/p-990101-0022~MEMBER_OF~po-990101-q001~1", {}),
    ("/reports/bodies/p-990101-0022", DAY),
    ("/queries/body_members", {"body": "p-990101-0022", **DAY}),
    ("/queries/member_employers", {"as_of": "示例人0022"}),
    ("/checks", {"rule": "R21", "area": COMMUNITY, "verdict": "wrong", **DAY}),
    ("/checks", {"cursor": "wrong", "area": COMMUNITY, **DAY}),
    ("/connections", {"source": "p-990101-0022", "target": "p-990101-9999", **DAY}),
    ("/chains", {"source": "p-990101-0022", "target": "p-990101-0023", "hops": "99", **DAY}),
    ("/candidates", {"rule": "R17", "subject": "p-990101-0022", **DAY}),
    ("/gaps/oc_party_ratio/p-990101-0022", DAY),
    ("/gaps/nothing/q-990101-001", DAY),
]
"""What is answered with an error, which could say more than an answer."""
PAGED = ("/checks", "/candidates", "/gaps", "/search", "/neighbours", "/analyses/centrality")
RUN = "{run}"
"""Stands for the id of a run that is kept before anything is asked."""


def near(path: str, params: dict[str, Any]) -> dict[str, Any]:
    """The same of one community, where it is of the district: sooner answered, and no less complete."""
    kept = {n: v for n, v in params.items() if n != "place" or "/queries/" in path}
    whole = "place" in params and "place" not in kept
    return {**kept, **({"area": COMMUNITY} if whole or "area" in kept else {})}


FILES_AS_TEXT = [
    (f"{PREFIX}/gaps/export", {"area": COMMUNITY, "format": "csv", **DAY}),
    (f"{PREFIX}/checks/export", {"area": COMMUNITY, "format": "csv", **DAY}),
    (
        f"{PREFIX}/checks",
        {"area": COMMUNITY, "sort": "-evidence,subject_name", "counts": "subject_name", **DAY},
    ),
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
    people = ("p-990101-0022", "p-990101-0023", "p-990101-0024", "示例人0022")
    proposals = [
        {**PROPOSAL, "changes": [{"kind": "appoint", "person": p, "body": body, "role": role}]}
        for p in people
        for body, role in (("po-990101-q001", "secretary"), ("oc-990101-001", "member"))
    ]
    pairs = [
        {"kept": "p-990101-0022", "gone": "p-990101-0023"},
        {"kept": "q-990101-001", "gone": "q-990101-002"},
    ]
    bodies = {"cypher": sent, "appointments/check": proposals, "merges/check": pairs}
    found: list[Request] = [
        ("POST", f"{PREFIX}/{what}", None, body) for what, given in bodies.items() for body in given
    ]
    assert {f"POST {path.removeprefix(PREFIX)}" for _, path, _, _ in found} == ASKED
    return found


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
    if "officedocument" in response.headers.get("content-type", ""):
        with zipfile.ZipFile(io.BytesIO(response.content)) as book:
            text = "\n".join(
                name + book.read(name).decode("utf-8", "replace") for name in sorted(book.namelist())
            )
    return TIMES.sub("", f"{response.status_code} {headers}\n{text}")


async def answers(graph: Graph, keys: dict[tuple[Role, str], str]) -> dict[Cell, str]:
    """What everybody is answered: viewers on every route, the other roles each on a share of them.

    Every catalogue file is asked of the whole graph, every third of the community's copy, where each
    has to be planned anew.
    """
    found: dict[Cell, str] = {}
    async with opened(guarded_app(graph, rate_limit="1000000/hour")) as client:
        run = await _keep(client, keys)
        for number, (role, where) in enumerate([*VIEWERS, *OTHERS]):
            share = requests(1 if where == "everywhere" else 3)
            if role is not Role.viewer:
                share = share[number :: len(OTHERS)]
            # Of each of them one area asks every other of what is sent, the other area the rest.
            sent = posts() if role is Role.viewer else posts()[number % 2 :: 2]
            for method, path, params, body in share + sent:
                asked = {n: run if v == RUN else v for n, v in (params or {}).items()}
                response = await client.request(
                    method, path, params=asked, json=body, headers=bearer(keys[role, where])
                )
                found[str(role), where, f"{method} {path} {params} {body}"] = plain(response)
    return found


async def _keep(client: httpx.AsyncClient, keys: dict[tuple[Role, str], str]) -> str:
    """A kept run of all verdicts, a waiver of one that tells: the same ones for both graphs."""
    headers = bearer(keys[Role.organization_department, "everywhere"]) | REASON
    runs = (await client.get(f"{PREFIX}/runs", headers=headers)).json()["data"]
    if runs:
        return str(runs[0]["id"])
    asked = {"title": "-", "made_by": "科", "area": COMMUNITY, **DAY}
    kept = await client.post(f"{PREFIX}/runs", json=asked, headers=headers)
    assert kept.status_code == 200, kept.text
    failing = {"area": COMMUNITY, "verdict": "fail", **DAY}
    found = (await client.get(f"{PREFIX}/checks", params=failing, headers=headers)).json()["data"]["rows"]
    for row in [r for r in found if r["code"] in RULES][:3]:
        waiver = {"finding": row["finding"], "reason": "-", "until": "2099-01-01", "decided_by": "科"}
        await client.post(f"{PREFIX}/waivers", json={**waiver, "since": DAY["as_of"]}, headers=headers)
    return str(kept.json()["data"]["id"])


@pytest.fixture(scope="module")
async def twins(make_settings: SettingsMaker) -> AsyncIterator[Twins]:
    """Answers before and after all secrets were changed, the secrets of both, and what did not change."""
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
        were = await flagged_values(graph)
        await change_secrets(graph)
        same = {
            name for name, found in (await flagged_values(graph)).items() if found and found == were[name]
        }
        yield [before, await answers(graph, keys)], known | await secrets_of(graph), same


def test_without_the_right_two_graphs_are_the_same(twins: Twins) -> None:
    """Lengths, presence, order, error texts: byte for byte, in every cell of the matrix."""
    (before, after), _, _ = twins
    assert before.keys() == after.keys()
    different = [cell for cell in before if before[cell] != after[cell]]
    assert different == []


def test_no_answer_holds_a_secret(twins: Twins) -> None:
    """No name of a person, no note, no tie that is a secret, of either graph."""
    both, secrets, _ = twins
    assert len(secrets) > 500
    cells: dict[str, list[Cell]] = defaultdict(list)
    for found in both:
        for cell, text in found.items():
            cells[text].append(cell)
    alike: dict[str, list[str]] = defaultdict(list)
    for secret in secrets:
        alike[part_of(secret)].append(secret)
    for text, those in cells.items():
        held = [s for part, secrets in alike.items() if part in text for s in secrets if s in text]
        for cell in those:
            assert [secret for secret in held if secret not in cell[2]] == [], cell


def part_of(secret: str) -> str:
    """A part that many secrets have: a text without it holds none of them, and is searched once for all."""
    tie = SECRET_TIE.search(secret)
    return tie[0] if tie else secret[:3]


def test_the_matrix_sees_answers(twins: Twins) -> None:
    """Most cells are answers, not refusals; each role and area has some."""
    (before, _), _, _ = twins
    good = [cell for cell, text in before.items() if text.startswith("200")]
    assert len(good) > len(before) / 3
    assert {(role, where) for role, where, _ in good} == {(str(r), w) for r, w in [*VIEWERS, *OTHERS]}


def test_every_secret_is_another(twins: Twins) -> None:
    """A property that is flagged and did not change would prove nothing."""
    _, _, same = twins
    assert same == set()
