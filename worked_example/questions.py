"""The questions of the worked example, with answers computed from its rows.

In `worked_example`, above `reading`. Every expectation is computed, none is typed in, but for
the one that published figures imply: 48 covered at 80 % make 60.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from worked_example.delivery import Row, Value
from worked_example.generate import Generated
from worked_example.plan import CODE, DISTRICT, SURVEY
from worked_example.reading import Reading

_FIRST, _SECOND, _FOURTH = f"{CODE}001001", f"{CODE}001002", f"{CODE}001004"
_DIMENSIONS = (
    "party_branch",
    "owners_committee",
    "property_service",
    "volunteer_team",
    "service_station",
    "grid",
)


@dataclass(frozen=True)
class Question:
    """One question: a query of the catalogue, and rows that its answer must contain.

    `whole` says that the answer has no further rows.
    """

    zh: str
    en: str
    query: str
    params: Row
    expect: list[Row]
    whole: bool = True


def questions(made: Generated) -> Iterator[Question]:
    """The questions for 2025-06-30, in the order of the README."""
    read, as_of = Reading(made.delivery, SURVEY), {"as_of": SURVEY}
    yield from _coverage(read)
    body, cadre = f"oc-{CODE}-009", made.cases[3].people["K"]
    yield Question(
        "示例小区009的业委会由哪些人组成？",
        "Who sits on the owners' committee of quarter 009?",
        "body_members",
        {"body": body, **as_of},
        [{"post": post, "person": e["from"], "role": e["role"]} for post, e in read.posts(body=body)],
    )
    yield Question(
        "示例小区004的社区干部担任哪些职务？",
        "Which posts does the cadre of quarter 004 hold?",
        "person_posts",
        {"person": cadre, **as_of},
        [{"post": post, "body": e["to"], "role": e["role"]} for post, e in read.posts(person=cadre)],
    )
    yield Question(
        "示例小区009的业委会与哪些组织交叉任职？",
        "With which bodies is the owners' committee of quarter 009 cross-appointed?",
        "body_cross_appointments",
        {"body": body, **as_of},
        read.cross_appointments(body),
    )
    chain = read.chain(f"po-{CODE}-q001")
    yield Question(
        "示例小区001党支部的上级链是怎样的？",
        "Which organizations stand above the branch of quarter 001?",
        "party_chain",
        {"organization": chain[0], **as_of},
        [{"position": n, "organization": po} for n, po in enumerate(chain)],
    )
    yield from _big_committee(read)
    yield from _exchange(read)
    yield Question(
        "公布的覆盖数和覆盖率推算出多少个小区？",
        "How many quarters do the published count and share imply?",
        "claims_compared",
        {"area": DISTRICT, **as_of},
        [{"metric": "party_branch.implied_total", "figure": 60.0}],
        whole=False,
    )


def _coverage(read: Reading) -> Iterator[Question]:
    for area, zh, en in (
        (
            _FIRST,
            "台账齐全的示例社区01各小区覆盖情况如何？",
            "How are the quarters of community 01 covered, whose register is complete?",
        ),
        (
            _FOURTH,
            "未排查的示例社区04各小区覆盖情况如何？",
            "How are the quarters of community 04 covered, which nobody surveyed?",
        ),
    ):
        rows: list[Row] = [
            {"quarter": quarter, **{d: read.state(quarter, d) for d in _DIMENSIONS}}
            for quarter in read.within(area, "Quarter")
        ]
        yield Question(zh, en, "quarter_coverage", {"area": area, "as_of": SURVEY}, rows)
    quarters, rows = read.within(DISTRICT, "Quarter"), []
    for dimension in _DIMENSIONS:
        states = Counter(read.state(quarter, dimension) for quarter in quarters)
        counts: Row = {s: states[s] for s in ("covered", "gap", "unknown")}
        rows.append(
            {
                "dimension": dimension,
                "area": DISTRICT,
                **counts,
                "total": len(quarters),
                "total_complete": False,
            }
        )
    yield Question(
        "全区各维度覆盖、缺口、不明各有多少个小区？",
        "In how many quarters of the district is each dimension covered, a gap, unknown?",
        "coverage_by_area",
        {"area": DISTRICT, "as_of": SURVEY},
        rows,
        whole=False,
    )


def _big_committee(read: Reading) -> Iterator[Question]:
    for area, word in ((_FIRST, "01"), (_SECOND, "02")):
        party = f"po-{CODE}-c{word}"
        posts: list[Row] = [
            {"member": e["from"], "link": "HOLDS_POST", "role": e["role"]}
            for _, e in read.posts(body=party)
            if e["role"] == "part_time_member"
        ]
        units: list[Row] = [
            {"member": member, "link": "CO_BUILDS"} for member in read.starts("CO_BUILDS", party)
        ]
        yield Question(
            f"示例社区{word}大党委有哪些兼职委员和成员单位？",
            f"Which part-time members and units has the extended committee of community {word}?",
            "big_committee_members",
            {"area": area, "as_of": SURVEY},
            posts + units,
        )


def _exchange(read: Reading) -> Iterator[Question]:
    places = {_FIRST, *read.within(_FIRST, "Quarter"), *read.within(_FIRST, "Building")}
    needs: list[Row] = [
        {"need": e["from"], "concerns": e["to"], "status": read.nodes[str(e["from"])]["status"]}
        for e in read.edges["CONCERNS"]
        if str(e["from"]).startswith("n-") and e["to"] in places
    ]
    yield Question(
        "示例社区01有哪些未办结的需求？",
        "Which needs are open in community 01?",
        "needs",
        {"area": _FIRST, "as_of": SURVEY},
        needs,
    )
    for category, zh, en in (
        ("medical", "示例社区01可对接哪些义诊资源？", "Which clinics can community 01 draw on?"),
        (
            "after_school",
            "示例社区01的四点半课堂还在开吗？",
            "Is the after-school class of community 01 still on offer?",
        ),
    ):
        params: dict[str, Value] = {"area": _FIRST, "category": category, "as_of": SURVEY}
        yield Question(zh, en, "resources", params, _offers(read, places, category))


def _offers(read: Reading, places: set[str], category: str) -> list[Row]:
    """What those offer who cover, serve or are in the places, and their co-builders."""
    near = {
        str(e["from"])
        for type_ in ("COVERS", "SERVES", "BASED_IN")
        for e in read.edges[type_]
        if e["to"] in places
    }
    grids = {str(e["from"]) for e in read.edges["PART_OF"] if e["to"] in places}
    near |= {
        str(e["from"])
        for type_ in ("COVERS", "SERVES", "BASED_IN")
        for e in read.edges[type_]
        if e["to"] in grids
    }
    near |= {str(e["from"]) for e in read.edges["CO_BUILDS"] if e["to"] in near}
    return [
        {"resource": e["to"], "provider": e["from"]}
        for e in read.edges["OFFERS"]
        if e["from"] in near and read.nodes[str(e["to"])]["category"] == category
    ]
