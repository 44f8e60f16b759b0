"""R04: branches whose committee is missing or not in order."""

from __future__ import annotations

from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import DISTRICT, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.party import (
    SPELLS,
    assert_places,
    assert_registers,
    enrol,
    organization,
    somebody,
    verdicts,
)
from tests.strategies import DAY, TOMORROW

RULE = "branch_committee_structure_invalid"
PORTFOLIOS = ("organization", "publicity", "discipline")


def commit(
    scene: Scene,
    number: int,
    members: int,
    portfolios: tuple[str | None, ...] = PORTFOLIOS,
    *roles: str,
    **spell: Any,
) -> list[str]:
    """So many full members; committee members with these portfolios, and posts in other roles."""
    body = f"po-990101-{number}"
    edges = enrol(scene, body, *["full"] * members)
    persons = [e.split("~")[0] for e in edges]
    posts = [("committee_member", f) for f in portfolios] + [(r, None) for r in roles]
    persons += [somebody(scene) for _ in posts[members:]]
    held = [
        scene.builder.post(person, role, body, portfolio=portfolio, **spell)
        for person, (role, portfolio) in zip(persons, posts, strict=False)
    ]
    return edges + sorted(held)


async def test_seven_members_need_a_committee_and_six_do_not(graph: Graph) -> None:
    """Seven without a committee member are a violation, six pass, each with what decides."""
    scene = Scene(4, "po")
    scene.complete("po-1", "membership", "post")
    scene.complete("po-2", "membership", "post")
    scene.complete("po-3", "post")
    scene.complete("po-4", "membership", "post")
    seven = commit(scene, 1, 7, (), "secretary", "deputy_secretary")
    six = commit(scene, 2, 6, (), "secretary", "deputy_secretary")
    good = commit(scene, 3, 7, PORTFOLIOS, "secretary", "deputy_secretary")
    enrol(scene, "po-990101-4", *["full"] * 6, "probationary", "none")
    rows = verdicts(
        await rows_of(graph, scene, RULE),
        "verdict",
        "severity",
        "findings",
        "full_members",
        "not_known",
        "committee",
        "missing",
    )
    assert rows == {
        "1": ("fail", "violation", ["no_committee"], 7, 0, 2, []),
        "2": ("pass", None, [], 6, 0, 2, []),
        "3": ("pass", None, [], 7, 0, 5, []),
        "4": ("pass", None, [], 6, 0, 0, []),
    }
    evidence = verdicts(await again(graph, RULE), "evidence")
    lists = [f"~COMPLETE_IN~d-990101-register~{s}" for s in ("membership", "post")]
    assert evidence["1"] == ([*seven, *(f"po-990101-1{x}" for x in lists)],)
    assert evidence["2"] == ([*six, *(f"po-990101-2{x}" for x in lists)],)
    assert evidence["3"] == ([*good, f"po-990101-3{lists[1]}"],)
    assert verdicts(await again(graph, RULE, committee_threshold=8))["1"] == "pass"
    assert verdicts(await again(graph, RULE, committee_threshold=6))["2"] == "fail"


async def test_the_size_of_the_committee(graph: Graph) -> None:
    """Two are too few, three to five in order, six and seven remarked, eight too many."""
    scene = Scene(8, "po")
    scene.complete(DISTRICT, "membership", "post")
    three = ("organization", "publicity", "discipline", "other", "other", "other", "other", "other")
    for number in range(1, 8):
        commit(scene, number, 8, three[: number + 1] if number > 1 else ("other",), "secretary")
    commit(scene, 8, 8, ("organization", "publicity", "discipline"), "secretary")
    first = next(e["from"] for e in scene.builder.edges.values() if e["to"] == "po-990101-8")
    scene.builder.post(first, "deputy_secretary", "po-990101-8")
    rows = verdicts(await rows_of(graph, scene, RULE, portfolios=[]), "committee", "findings", "severity")
    assert rows == {
        "1": (2, ["too_small"], "warning"),
        "2": (4, [], None),
        "3": (5, [], None),
        "4": (6, ["large"], "info"),
        "5": (7, ["large"], "info"),
        "6": (8, ["too_large"], "warning"),
        "7": (9, ["too_large"], "warning"),
        "8": (4, [], None),
    }
    changed = await again(graph, RULE, portfolios=[], size_min=5, size_normal_max=6, size_max=8)
    assert verdicts(changed, "findings") == {
        "1": (["too_small"],),
        "2": (["too_small"],),
        "3": ([],),
        "4": ([],),
        "5": (["large"],),
        "6": (["large"],),
        "7": (["too_large"],),
        "8": (["too_small"],),
    }
    assert verdicts(await again(graph, RULE, portfolios=[], size_min=2), "findings")["1"] == ([],)


async def test_a_committee_where_none_is_needed_is_remarked(graph: Graph) -> None:
    """Three committee members of six full members are; two are not; seven possible are not."""
    scene = Scene(4, "po")
    scene.complete(DISTRICT, "membership")
    commit(scene, 1, 6, PORTFOLIOS, "secretary")
    commit(scene, 2, 6, PORTFOLIOS[:2], "secretary")
    commit(scene, 3, 6, PORTFOLIOS)
    enrol(scene, "po-990101-3", None)
    commit(scene, 4, 6, PORTFOLIOS, "secretary", "deputy_secretary", "deputy_secretary")
    scene.complete("po-3", "post")
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "severity", "findings", "missing")
    assert rows == {
        "1": ("fail", "info", ["committee_not_needed"], []),
        "2": ("unknown", None, [], ["post@po-990101-2"]),
        "3": ("unknown", None, [], ["p-990101-19.party_status"]),
        "4": ("fail", "info", ["large", "committee_not_needed"], []),
    }
    evidence = verdicts(await again(graph, RULE), "evidence")["1"][0]
    assert evidence[-1] == f"{DISTRICT}~COMPLETE_IN~d-990101-register~membership"


async def test_portfolios_are_missing_only_where_nobody_can_hold_them(graph: Graph) -> None:
    """A secretary's portfolio counts, and each member without one may hold one."""
    scene = Scene(6, "po")
    scene.complete(DISTRICT, "membership")
    for number in (1, 2, 3, 5, 6):
        scene.complete(f"po-{number}", "post")
    commit(scene, 1, 7, ("organization", "other", "other"))
    commit(scene, 2, 7, ("organization", None, None))
    commit(scene, 3, 7, ("organization", "publicity", "other"))
    scene.builder.post(somebody(scene), "secretary", "po-990101-3", portfolio="discipline")
    commit(scene, 4, 7, PORTFOLIOS[:2])
    commit(scene, 5, 7, ("organization", "other", None), "secretary", "deputy_secretary")
    commit(scene, 6, 7, ("organization", "publicity", "discipline", None))
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "severity", "findings", "missing")
    silent = [post(n, "committee_member", "po-2") + ".portfolio" for n in (11, 12)]
    assert rows == {
        "1": ("fail", "info", ["portfolio_missing"], []),
        "2": ("unknown", None, [], silent),
        "3": ("pass", None, [], []),
        "4": ("unknown", None, [], ["post@po-990101-4"]),
        "5": ("fail", "info", ["portfolio_missing"], []),
        "6": ("pass", None, [], []),
    }
    fewer = await again(graph, RULE, portfolios=["organization"])
    assert verdicts(fewer)["1"] == "pass"


async def test_members_and_posts_count_on_their_days(graph: Graph) -> None:
    """Affiliations, reports, full membership and posts from today on, until yesterday."""
    scene = Scene(14, "po")
    scene.complete(DISTRICT, "membership", "report", "post")
    expected: dict[str, str] = {}
    for number, (name, spell) in enumerate(SPELLS.items(), start=1):
        missing = "fail" if name == "today" else "pass"
        enrol(scene, f"po-990101-{number}", *["full"] * 7, spell=spell)
        scene.builder.nodes[f"po-990101-{number + 3}"]["tier"] = "functional_branch"
        enrol(scene, f"po-990101-{number + 3}", *["full"] * 7, type_="REPORTED_TO", spell=spell)
        enrol(scene, f"po-990101-{number + 3}", *["full"] * 7 if name != "today" else [])
        commit(scene, number + 6, 7, PORTFOLIOS, **spell)
        expected |= {str(number): missing, str(number + 3): missing}
        expected[str(number + 6)] = "pass" if name == "today" else "fail"
    for number, day in ((10, DAY), (11, TOMORROW)):
        enrol(scene, f"po-990101-{number}", *["full"] * 7, party_full_on=day)
        expected[str(number)] = "fail" if day == DAY else "pass"
    commit(scene, 12, 7, (), "instructor", "group_leader", "part_time_member")
    enrol(scene, "po-990101-13", *["full"] * 6)
    scene.builder.nodes["po-990101-14"]["tier"] = "group"
    expected |= {"12": "fail", "13": "pass"}
    assert verdicts(await rows_of(graph, scene, RULE)) == expected


async def test_unknown_members_and_posts_leave_it_open(graph: Graph) -> None:
    """The bounds straddle the threshold, or the posts are not all known; a find fails anyway."""
    scene = Scene(5, "po")
    scene.complete("po-1", "membership", "post")
    scene.complete("po-2", "post")
    scene.complete("po-4", "post")
    enrol(scene, "po-990101-1", *["full"] * 6, None)
    enrol(scene, "po-990101-2", *["full"] * 6)
    enrol(scene, "po-990101-3", *["full"] * 7)
    enrol(scene, "po-990101-4", "full", "full", "full")
    scene.link("p-21", "MEMBER_OF", "po-4", spell=2)
    commit(scene, 5, 1, PORTFOLIOS * 3)
    organization(scene, "functional", scene.quarters[0], tier="functional_branch")
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "missing")
    assert rows == {
        "1": ("unknown", ["p-990101-7.party_status"]),
        "2": ("unknown", ["membership@po-990101-2"]),
        "3": ("unknown", ["post@po-990101-3"]),
        "4": ("unknown", ["membership@po-990101-4"]),
        "5": ("fail", []),
        "functional": ("unknown", ["report@po-990101-functional", "post@po-990101-functional"]),
    }


async def test_persons_are_counted_once_and_open_rows_show_no_register(graph: Graph) -> None:
    """Two spells of an affiliation or a post are one person."""
    scene = Scene(2, "po")
    scene.complete(DISTRICT, "membership")
    twice = commit(scene, 1, 6, PORTFOLIOS[:2])
    twice += enrol(scene, "po-990101-1", None)
    for person in ("p-1", "p-7"):
        twice.append(scene.link(person, "MEMBER_OF", "po-1", spell=2))
    scene.complete("po-2", "post")
    commit(scene, 2, 3, PORTFOLIOS[:2])
    first = next(
        e for e in scene.builder.edges.values() if e["type"] == "HOLDS_POST" and e["to"] == "po-990101-2"
    )
    scene.builder.post(first["from"], "committee_member", "po-990101-2", spell=2)
    rows = await rows_of(graph, scene, RULE)
    assert verdicts(rows, "verdict", "full_members", "not_known", "committee", "missing") == {
        "1": ("unknown", 6, 1, 2, ["p-990101-7.party_status", "post@po-990101-1"]),
        "2": ("pass", 3, 0, 2, []),
    }
    evidence = rows["po-990101-1",]["evidence"]
    assert sorted(evidence) == sorted(x for x in twice if not x.startswith("p-990101-7~"))


async def test_rows_stand_where_the_branch_does(graph: Graph) -> None:
    """Existence and area come from what is covered today, and an area gives only its rows."""
    await assert_places(graph, RULE, tier="branch", level="quarter")


async def test_a_register_closes_the_list_where_it_stands(graph: Graph) -> None:
    """At the branch, its quarter or an area above, and only while it is open."""
    await assert_registers(
        graph, RULE, "membership", "pass", prepare=lambda s, b: s.builder.complete(b, "post")
    )
    await assert_registers(graph, RULE, "post", "fail", prepare=lambda s, b: enrol(s, b, *["full"] * 7))
