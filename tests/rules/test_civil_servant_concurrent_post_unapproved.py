"""R31: posts of civil servants outside their organ, by hand-made cases with exact ids."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, RESIDENTS, STREET, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "civil_servant_concurrent_post_unapproved"
OTHER = "990101001002"
Expected = tuple[str, str | None, list[str]]
"""Verdict, severity and what is missing."""
BANK, ORGAN, BLANK, FIRM = "u-990101-1", "u-990101-2", "u-990101-3", "pf-990101-1"


def person(n: int) -> str:
    return f"p-990101-{n}"


def work(n: int, body: str) -> str:
    return f"{person(n)}~EMPLOYED_BY~{body}"


def officials() -> Scene:
    """Civil servants 1 to 19, leading cadres from 20, others from 40; projects 1 to 6."""
    scene = Scene(3)
    b = scene.builder
    b.node("t-990101-1", kind="volunteer_team")
    b.edge("t-990101-1", "SERVES", "q-990101-01")
    for unit, category in ((BANK, "bank"), (ORGAN, "government_organ"), (BLANK, None)):
        b.node(unit, category=category)
    b.edge(BANK, "BASED_IN", COMMUNITY)
    for number, mode in ((4, "contract"), (5, "community"), (6, None)):
        b.node(f"pp-990101-{number}", mode=mode)
        b.edge(f"pp-990101-{number}", "SERVES", "q-990101-01")
    for serial in range(1, 20):
        scene.person(serial, public_post="civil_servant")
    for serial in range(20, 30):
        scene.person(serial, public_post="leading_cadre")
    for serial, public in ((40, None), (41, "none"), (42, "public_employee")):
        scene.person(serial, public_post=public)
    return scene


async def test_firms_are_never_allowed_and_other_posts_need_approval(graph: Graph) -> None:
    """A property firm is a violation though approved; other posts go by the approval."""
    scene = officials()
    scene.seat(1, "staff", "pp-1", approved=True)
    scene.seat(2, "staff", "pp-4", approved=True)
    scene.seat(3, "staff", "pp-5", approved=True)
    for serial, approved in ((4, True), (5, False), (6, None)):
        scene.seat(serial, "staff", "pp-6", approved=approved)
        scene.seat(serial, "member", "oc-1", approved=approved)
    scene.seat(7, "member", "t-1", approved=False)
    scene.seat(7, "instructor", "t-1", approved=False)
    scene.seat(8, "community_worker", RESIDENTS)
    scene.seat(9, "head", FIRM)
    scene.seat(9, "instructor", FIRM)
    scene.seat(10, "secretary", "po-1", approved=False)
    for serial, kind in ((11, "employee"), (12, "seconded"), (13, "shareholder"), (40, "employee")):
        scene.builder.edge(person(serial), "EMPLOYED_BY", FIRM, kind=kind)
    for serial in (40, 41, 42):
        scene.seat(serial, "member", "oc-1", approved=True)
    found = await rows_of(graph, scene, RULE)
    rows = {key[1]: (row["verdict"], row["severity"], row["missing"]) for key, row in found.items()}
    violation: Expected = ("fail", "violation", [])
    warning: Expected = ("fail", "warning", [])
    five, six = post(5, "staff", "pp-6"), post(6, "staff", "pp-6")
    assert rows == {
        post(1, "staff", "pp-1"): violation,
        post(2, "staff", "pp-4"): violation,
        post(3, "staff", "pp-5"): ("pass", None, []),
        post(4, "staff", "pp-6"): ("unknown", None, ["pp-990101-6.mode"]),
        five: warning,
        six: ("unknown", None, ["pp-990101-6.mode", f"{six}.approved"]),
        post(4, "member", "oc-1"): ("pass", None, []),
        post(5, "member", "oc-1"): warning,
        post(6, "member", "oc-1"): ("unknown", None, [post(6, "member", "oc-1") + ".approved"]),
        post(7, "member", "t-1"): warning,
        post(8, "community_worker", RESIDENTS): (
            "unknown",
            None,
            [post(8, "community_worker", RESIDENTS) + ".approved"],
        ),
        post(9, "head", FIRM): violation,
        work(11, FIRM): violation,
        work(12, FIRM): violation,
        work(40, FIRM): ("unknown", None, [f"{person(40)}.public_post"]),
        post(40, "member", "oc-1"): ("unknown", None, [f"{person(40)}.public_post"]),
    }
    one, two = (person(1), post(1, "staff", "pp-1")), (person(2), post(2, "staff", "pp-4"))
    assert found[one]["evidence"] == [one[1], f"pp-990101-1~OPERATED_BY~{FIRM}"]
    assert found[two]["evidence"] == [two[1], "pp-990101-4"]
    assert found[one]["findings"] == ["property_firm"]
    assert found[person(5), five]["findings"] == ["not_approved"]
    assert [found[one]["area"], found[person(9), post(9, "head", FIRM)]["area"]] == [COMMUNITY, None]
    shares = await again(graph, RULE, kinds=["shareholder"])
    assert {key for key in shares if "EMPLOYED_BY" in str(key[1])} == {(person(13), work(13, FIRM))}


async def test_enterprises_of_leading_cadres_are_counted(graph: Graph) -> None:
    """One enterprise is allowed, two are not; a unit without a category may be one."""
    scene = officials()
    b = scene.builder
    b.node("u-990101-4", category="merchant")
    b.node("u-990101-5")
    blanks = [BLANK, "u-990101-5"]
    ties = {
        1: [BANK, "u-990101-4"],
        20: [BANK, ORGAN],
        21: [BANK, "u-990101-4"],
        22: [BANK, BLANK],
        23: [BANK, "u-990101-4", BLANK],
        24: [BANK, FIRM],
        26: blanks,
        27: [BANK, "u-990101-4", *blanks],
    }
    for serial, units in ties.items():
        for unit in units:
            b.edge(person(serial), "EMPLOYED_BY", unit, kind="employee")
    scene.seat(20, "head", BANK)
    scene.seat(25, "head", BANK)
    b.edge(person(25), "EMPLOYED_BY", "u-990101-4", until=DAY, kind="employee")
    b.edge(person(25), "EMPLOYED_BY", BLANK, since=TOMORROW, kind="employee")
    found = await rows_of(graph, scene, RULE)
    fail: tuple[str, list[str]] = ("fail", [])
    blank = ("unknown", [f"{BLANK}.category"])
    assert {key[1]: (row["verdict"], row["missing"]) for key, row in found.items()} == {
        work(20, BANK): ("pass", []),
        post(20, "head", BANK): ("pass", []),
        work(21, BANK): fail,
        work(21, "u-990101-4"): fail,
        work(22, BANK): blank,
        work(22, BLANK): blank,
        work(23, BANK): fail,
        work(23, "u-990101-4"): fail,
        work(23, BLANK): blank,
        work(24, BANK): fail,
        work(24, FIRM): fail,
        post(25, "head", BANK): ("pass", []),
        # Either category may decide while too few are known; then only that of the unit itself.
        **{work(26, u): ("unknown", [f"{v}.category" for v in blanks]) for u in blanks},
        work(27, BANK): fail,
        work(27, "u-990101-4"): fail,
        **{work(27, u): ("unknown", [f"{u}.category"]) for u in blanks},
    }
    row = found[person(21), work(21, BANK)]
    assert row["evidence"] == [work(21, BANK), work(21, "u-990101-4")]
    assert (row["severity"], row["findings"]) == ("violation", ["too_many_enterprises"])
    two = await again(graph, RULE, max_enterprise_posts=2)
    assert two[person(21), work(21, BANK)]["verdict"] == "pass"
    assert two[person(23), work(23, BANK)]["verdict"] == "unknown"
    before = await again(graph, RULE, YESTERDAY)
    assert before[person(25), post(25, "head", BANK)]["verdict"] == "fail"


async def test_days_and_places(graph: Graph) -> None:
    """Ends are exclusive, of posts, operators and places; an area has the rows of its bodies."""
    scene = officials()
    b = scene.builder
    b.node(OTHER, level="community")
    b.edge(OTHER, "PART_OF", STREET)
    scene.seat(1, "member", "oc-1", until=DAY)
    scene.seat(2, "member", "oc-1", since=DAY, until=TOMORROW)
    scene.seat(3, "member", "oc-1", since=TOMORROW)
    scene.link("pp-5", "OPERATED_BY", FIRM, until=DAY)
    scene.link("pp-5", "OPERATED_BY", RESIDENTS, since=DAY)
    scene.seat(4, "staff", "pp-5", approved=True)
    spells = {51: {"until": DAY}, 52: {"since": DAY}, 53: {"since": TOMORROW}}
    for number, spell in spells.items():
        b.node(f"q-990101-{number}")
        b.edge(f"q-990101-{number}", "PART_OF", OTHER, **spell)
        for kind, standing in (("a", {}), ("b", spell)):
            b.node(f"oc-990101-{number}{kind}", kind="owners_committee")
            place = f"q-990101-{number}" if kind == "a" else "q-990101-52"
            b.edge(f"oc-990101-{number}{kind}", "COVERS", place, **standing)
            scene.seat(5, "member", f"oc-{number}{kind}")
    found = await rows_of(graph, scene, RULE)
    assert {key[1] for key in found if key[0] != person(5)} == {
        post(2, "member", "oc-1"),
        post(4, "staff", "pp-5"),
    }
    assert found[person(4), post(4, "staff", "pp-5")]["verdict"] == "pass"
    there = {(person(5), post(5, "member", f"oc-{n}")) for n in ("52a", "52b")}
    assert {k for k, row in found.items() if row["area"] == OTHER} == there
    assert await again(graph, RULE, area=OTHER) == {k: found[k] for k in sorted(there)}
    here = {k: row for k, row in found.items() if row["area"] == COMMUNITY}
    assert here == await again(graph, RULE, area=COMMUNITY)
    assert here | {k: found[k] for k in there} == await again(graph, RULE, area=STREET)
    before = await again(graph, RULE, YESTERDAY, area=COMMUNITY)
    assert {key[1]: row["verdict"] for key, row in before.items()} == {
        post(1, "member", "oc-1"): "unknown",
        post(4, "staff", "pp-5"): "fail",
    }
