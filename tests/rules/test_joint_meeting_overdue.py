"""R40: joint conferences in time, with every party that has to be there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, Scene
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.services import (
    OTHER,
    SHUT,
    by_number,
    community,
    move,
    quarter,
    register,
    shut_registers,
    subjects_by_area,
)
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "joint_meeting_overdue"
BODIES = ("po", "oc", "pp")
NOBODY: dict[str, Any] = {"required": []}


def conference(
    scene: Scene,
    number: int,
    ago: int | None = 0,
    *,
    place: str | None = None,
    kind: str = "joint_conference",
    status: str = "held",
    **spell: Any,
) -> str:
    """A joint conference on a quarter so many days ago; its id."""
    id_ = f"m-990101-{number}"
    while id_ in scene.builder.nodes:
        id_ += "x"
    held_on = None if ago is None else DAY - timedelta(days=ago)
    scene.builder.node(id_, kind=kind, status=status, held_on=held_on)
    scene.builder.edge(id_, "CONCERNS", place or quarter(number), **spell)
    return id_


def came(scene: Scene, meeting: str, *bodies: str, present: bool | None = True, **spell: Any) -> None:
    """Bodies, by the short ends of their ids, were at a meeting; None: not recorded whether."""
    for body in bodies:
        scene.link(body, "TAKES_PART_IN", meeting, present=present, **spell)


def everybody(number: int) -> list[str]:
    """The four parties of a scene's quarter."""
    return [ORG, *(f"{prefix}-{number}" for prefix in BODIES)]


async def test_the_period_is_inclusive(graph: Graph) -> None:
    """90 days ago is in time, 91 is not; past two periods it is a warning; other meetings never."""
    scene = Scene(9, bodies="")
    for number, ago in ((1, 90), (2, 91), (3, 180), (4, 181), (6, None), (8, -1)):
        conference(scene, number, ago)
    conference(scene, 5, kind="talk")
    conference(scene, 5, status="planned")
    conference(scene, 7, 400)
    for number in (1, 2, 3, 4, 5, 6, 8, 9):
        scene.complete(quarter(number), "meeting")
    conference(scene, 9, None)
    conference(scene, 9, 90)
    rows = await rows_of(graph, scene, RULE, **NOBODY)
    found = {n: (r["verdict"], r["severity"], r["findings"]) for n, r in by_number(rows).items()}
    assert found == {
        1: ("pass", None, []),
        2: ("fail", "info", ["overdue"]),
        3: ("fail", "info", ["overdue"]),
        4: ("fail", "warning", ["overdue"]),
        5: ("fail", "warning", ["overdue"]),
        6: ("unknown", None, []),
        7: ("unknown", None, []),
        8: ("fail", "warning", ["overdue"]),
        9: ("pass", None, []),
    }
    assert rows[quarter(6),]["missing"] == ["m-990101-6.held_on"]
    assert rows[quarter(7),]["missing"] == [f"meeting@{quarter(7)}"]
    assert rows[quarter(1),]["evidence"] == ["m-990101-1"]
    assert rows[quarter(2),]["evidence"] == [register(quarter(2), "meeting")]
    days = {n: rows[quarter(n),]["last_held_on"] for n in (4, 5, 6, 9)}
    assert days == {4: DAY - timedelta(days=181), 5: None, 6: None, 9: DAY - timedelta(days=90)}
    month = await again(graph, RULE, period_days=91, warn_periods=1, **NOBODY)
    assert [month[quarter(n),]["verdict"] for n in (2, 3)] == ["pass", "fail"]
    assert [month[quarter(n),]["severity"] for n in (2, 3)] == [None, "warning"]
    three = await again(graph, RULE, warn_periods=3, **NOBODY)
    assert three[quarter(4),]["severity"] == "info"


async def test_each_party_has_to_be_there(graph: Graph) -> None:
    """An absent party fails and is named; one that is not recorded makes it unknown."""
    scene = Scene(9)
    meetings = {n: conference(scene, n) for n in range(1, 10)}
    for number, id_ in meetings.items():
        scene.complete(quarter(number), "meeting")
        away = {
            2: f"po-{number}",
            3: f"oc-{number}",
            4: f"pp-{number}",
            5: ORG,
            6: f"oc-{number}",
            7: f"oc-{number}",
        }.get(number)
        came(scene, id_, *(b for b in everybody(number) if b != away))
        if number < 7 and away:
            came(scene, id_, away, present=None if number == 6 else False)
    # The firm speaks for its project; an earlier full conference keeps the severity low.
    came(scene, meetings[4], "pf-4", present=False)
    scene.builder.edges["pp-990101-8~TAKES_PART_IN~m-990101-8"]["present"] = False
    came(scene, meetings[8], "pf-8")
    for edge in (f"pp-990101-8~SERVES~{quarter(8)}", "pp-990101-8~OPERATED_BY~pf-990101-8"):
        scene.builder.edges[edge]["since"] = DAY
    scene.builder.edges["oc-990101-9~TAKES_PART_IN~m-990101-9"]["present"] = False
    came(scene, conference(scene, 9, 100), *everybody(9))
    rows = await rows_of(graph, scene, RULE)
    found = {n: (r["verdict"], r["severity"], r["findings"]) for n, r in by_number(rows).items()}
    parties = ("quarter_branch", "owners_committee", "property", "community_party_org")
    absent = {n: ("fail", "warning", [f"absent_{party}"]) for n, party in enumerate(parties, start=2)}
    assert found == {
        1: ("pass", None, []),
        **absent,
        6: ("unknown", None, []),
        7: ("unknown", None, []),
        8: ("pass", None, []),
        9: ("fail", "info", ["absent_owners_committee"]),
    }
    assert rows[quarter(6),]["missing"] == ["oc-990101-6~TAKES_PART_IN~m-990101-6.present"]
    assert rows[quarter(7),]["missing"] == ["oc-990101-7~TAKES_PART_IN~m-990101-7.present"]
    taking = "~TAKES_PART_IN~m-990101-"
    assert rows[quarter(1),]["evidence"] == [
        "m-990101-1",
        f"oc-990101-1{taking}1",
        f"po-990101-1{taking}1",
        f"{ORG}{taking}1",
        f"pp-990101-1{taking}1",
    ]
    assert sorted(rows[quarter(4),]["evidence"]) == sorted(
        ["m-990101-4", f"pf-990101-4{taking}4", f"pp-990101-4{taking}4", register(quarter(4), "meeting")]
    )
    only = await again(graph, RULE, required=["owners_committee"])
    passed = {n for n, r in by_number(only).items() if r["verdict"] == "pass"}
    assert passed == {1, 2, 4, 5, 8}


async def test_bodies_that_do_not_exist(graph: Graph) -> None:
    """A party known to be missing is not required; one that is not known makes it unknown."""
    scene = Scene(6, bodies="po oc pp")
    b = scene.builder
    community(scene)
    for number in range(1, 7):
        id_ = conference(scene, number)
        scene.complete(quarter(number), "meeting")
        came(scene, id_, *everybody(number))
        prefix = {1: "oc", 2: "oc", 3: "po", 4: "pp"}.get(number)
        if prefix:
            type_ = "SERVES" if prefix == "pp" else "COVERS"
            del b.edges[f"{prefix}-990101-{number}~{type_}~{quarter(number)}"]
    for number, subject in (
        (1, "owners_committee"),
        (3, "party_organization"),
        (4, "property_project"),
        (5, "party_organization"),
    ):
        scene.complete(quarter(number), subject)
    for number in (5, 6):
        del b.edges[f"{quarter(number)}~PART_OF~{COMMUNITY}"]
        scene.link(quarter(number), "PART_OF", OTHER)
    b.nodes["po-990101-3"]["level"] = "building"
    b.edge("po-990101-3", "COVERS", quarter(3))
    b.node("po-990101-4g", level="quarter", tier="group")
    b.edge("po-990101-4g", "COVERS", quarter(4))
    found = await verdicts_of(graph, scene, RULE)
    one, two, three, four, five, six = ((quarter(n),) for n in range(1, 7))
    assert found == {
        one: "pass",
        two: "unknown",
        three: "pass",
        four: "pass",
        five: "unknown",
        six: "unknown",
    }
    rows = await again(graph, RULE)
    assert rows[two]["missing"] == [f"owners_committee@{quarter(2)}"]
    assert rows[five]["missing"] == [f"party_organization@{quarter(5)}"]
    scene.complete(OTHER, "party_organization")
    listed = await verdicts_of(graph, scene, RULE)
    assert (listed[five], listed[six]) == ("pass", "pass")
    del b.edges[f"{quarter(6)}~PART_OF~{OTHER}"]
    scene.link(quarter(6), "PART_OF", DISTRICT)
    scene.complete(DISTRICT, "party_organization")
    assert (await verdicts_of(graph, scene, RULE))[six] == "unknown"


async def test_social_organizations_where_they_are_required(graph: Graph) -> None:
    """Groups and organizations that serve the quarter or its community; volunteers are none."""
    scene = Scene(6, bodies="")
    community(scene)
    for number in (5, 6):
        del scene.builder.edges[f"{quarter(number)}~PART_OF~{COMMUNITY}"]
        scene.link(quarter(number), "PART_OF", OTHER)
    serving = (
        (1, "t", "interest_group"),
        (2, "t", "volunteer_team"),
        (3, "u", "new_social_organization"),
        (4, "u", "bank"),
    )
    for number, prefix, kind in serving:
        column = "kind" if prefix == "t" else "category"
        body = scene.builder.node(f"{prefix}-990101-{number}", **{column: kind})
        scene.builder.edge(body, "SERVES", quarter(number))
        scene.complete(quarter(number), "meeting")
        came(scene, conference(scene, number), f"{prefix}-{number}", present=number == 1)
    scene.builder.node("t-990101-5", kind="mass_organization")
    scene.link("t-5", "SERVES", OTHER)
    scene.complete(quarter(5), "meeting")
    came(scene, conference(scene, 5, place=OTHER), "t-5")
    scene.complete(COMMUNITY, "team")
    given: dict[str, Any] = {"required": ["social_organization"]}
    rows = await rows_of(graph, scene, RULE, **given)
    assert {n: (r["verdict"], r["findings"]) for n, r in by_number(rows).items()} == {
        1: ("pass", []),
        2: ("pass", []),
        3: ("fail", ["absent_social_organization"]),
        4: ("pass", []),
        5: ("pass", []),
        6: ("pass", []),
    }
    del scene.builder.edges[register(COMMUNITY, "team")]
    scene.complete(quarter(2), "team")
    open_ = await rows_of(graph, scene, RULE, **given)
    assert open_[quarter(2),]["missing"] == [f"team@{quarter(2)}"]


async def test_what_an_arrangement_leaves_out_was_absent(graph: Graph) -> None:
    """A party that it does not name, and that no record shows, was absent; a record wins."""
    scene = Scene(7, bodies="oc")
    arranged: tuple[tuple[str, list[str] | None, dict[str, Any]], ...] = (
        ("joint_meeting", ["property"], {"since": DAY}),
        ("joint_meeting", ["owners_committee"], {}),
        ("joint_meeting", None, {}),
        ("linkage", ["property"], {}),
        ("joint_meeting", ["property"], {}),
        ("joint_meeting", ["property"], {"until": DAY}),
        ("joint_meeting", ["property"], {"since": TOMORROW}),
    )
    for number, (kind, parties, spell) in enumerate(arranged, start=1):
        scene.builder.node(f"k-990101-{number}", kind=kind, parties=parties)
        id_ = conference(scene, number)
        scene.link(id_, "PART_OF", f"k-{number}", **spell)
        scene.complete(quarter(number), "meeting")
    came(scene, "m-990101-5", "oc-5")
    rows = await rows_of(graph, scene, RULE, required=["owners_committee"])
    assert {n: (r["verdict"], r["evidence"]) for n, r in by_number(rows).items()} == {
        1: ("fail", ["m-990101-1", "m-990101-1~PART_OF~k-990101-1", register(quarter(1), "meeting")]),
        2: ("unknown", ["m-990101-2"]),
        3: ("unknown", ["m-990101-3"]),
        4: ("unknown", ["m-990101-4"]),
        5: ("pass", ["m-990101-5", "oc-990101-5~TAKES_PART_IN~m-990101-5"]),
        6: ("unknown", ["m-990101-6"]),
        7: ("unknown", ["m-990101-7"]),
    }
    assert rows[quarter(1),]["findings"] == ["absent_owners_committee"]


async def test_needs_without_the_evaluation_step(graph: Graph) -> None:
    """Resolved and still open: listed, and a fail where evaluation is asked for."""
    scene = Scene(7, bodies="")
    statuses = ("resolved", "evaluated", "in_progress", "resolved", "resolved", None, None)
    for number, status in enumerate(statuses, start=1):
        conference(scene, number)
        spell = {4: {"until": DAY}, 5: {"since": TOMORROW}}.get(number, {"since": DAY})
        if status:
            scene.builder.node(f"n-990101-{number}", kind="issue", category="parking", status=status)
            scene.link(f"n-{number}", "CONCERNS", quarter(number), **spell)
        if number != 7:
            scene.complete(quarter(number), "need")
    rows = await rows_of(graph, scene, RULE, **NOBODY)
    assert {r["verdict"] for r in rows.values()} == {"pass"}
    noted = {k[0]: (r["findings"], r["not_evaluated"]) for k, r in rows.items() if r["findings"]}
    assert noted == {quarter(1): (["not_evaluated"], ["n-990101-1"])}
    asked = await again(graph, RULE, evaluation=True, **NOBODY)
    assert {n: (r["verdict"], r["severity"]) for n, r in by_number(asked).items()} == {
        1: ("fail", "info"),
        7: ("unknown", None),
        **dict.fromkeys(range(2, 7), ("pass", None)),
    }
    assert asked[quarter(1),]["evidence"] == ["m-990101-1", "n-990101-1"]
    assert asked[quarter(7),]["missing"] == [f"need@{quarter(7)}"]


async def test_ends_are_exclusive(graph: Graph) -> None:
    """Meetings, attendance, bodies and lists that ended today or begin tomorrow do not count."""
    scene = Scene(14)
    edges = scene.builder.edges
    for shut, (since, until) in enumerate(SHUT):
        spell: dict[str, Any] = {"since": since, "until": until}
        for number in range(1 + shut, 15, 2):
            own = spell if number == 1 + shut else {}
            firm = [f"pf-{number}"] if number > 6 else []
            bodies = everybody(number) if number < 5 or number > 8 else [ORG, *firm]
            attending = spell if number in (3, 4) else {}
            came(scene, conference(scene, number, **own), *bodies, **attending)
            if number not in (11, 12):
                scene.complete(quarter(number), "meeting")
        # What covers and serves, the operator of the project, registers of parties and meetings.
        for prefix, type_ in (("po", "COVERS"), ("oc", "COVERS"), ("pp", "SERVES")):
            edges[f"{prefix}-990101-{5 + shut}~{type_}~{quarter(5 + shut)}"].update(spell)
        scene.complete(quarter(5 + shut), "party_organization", "owners_committee", "property_project")
        edges[f"pp-990101-{7 + shut}~OPERATED_BY~pf-990101-{7 + shut}"].update(spell)
        del edges[f"oc-990101-{9 + shut}~COVERS~{quarter(9 + shut)}"]
        scene.builder.edge(
            quarter(9 + shut), "COMPLETE_IN", "d-990101-register", since, until, subject="owners_committee"
        )
        del edges[f"m-990101-{11 + shut}~CONCERNS~{quarter(11 + shut)}"]
        came(scene, f"m-990101-{7 + shut}", f"po-{7 + shut}", f"oc-{7 + shut}")
    shut_registers(scene, "meeting", quarter(11), quarter(12))
    found = {int(str(k[0])[-2:]): v for k, v in (await verdicts_of(graph, scene, RULE)).items()}
    assert found == {
        1: "fail",
        2: "fail",
        3: "unknown",
        4: "unknown",
        5: "pass",
        6: "pass",
        7: "unknown",
        8: "unknown",
        9: "unknown",
        10: "unknown",
        11: "unknown",
        12: "unknown",
        13: "pass",
        14: "pass",
    }
    tomorrow = {int(str(k[0])[-2:]): r["verdict"] for k, r in (await again(graph, RULE, TOMORROW)).items()}
    assert {n: tomorrow[n] for n in (2, 4, 6, 8, 10, 12)} == {
        2: "pass",
        4: "pass",
        6: "unknown",
        8: "pass",
        10: "pass",
        12: "fail",
    }


async def test_conferences_of_the_community_count_while_the_quarter_is_there(graph: Graph) -> None:
    """A conference or a list of the community is one of its quarters; not that of the street."""
    scene = Scene(4, bodies="")
    community(scene)
    move(scene, quarter(2), on=DAY)
    move(scene, quarter(3), on=TOMORROW)
    scene.builder.edge(quarter(4), "PART_OF", COMMUNITY, until=DAY)
    conference(scene, 1, place=COMMUNITY)
    conference(scene, 1, place=DISTRICT)
    scene.complete(OTHER, "meeting")
    found = await verdicts_of(graph, scene, RULE, **NOBODY)
    one, two, three, four = ((quarter(n),) for n in range(1, 5))
    assert found == {one: "pass", two: "fail", three: "pass", four: "unknown"}
    assert (await again(graph, RULE, YESTERDAY, **NOBODY))[two]["verdict"] == "unknown"
    assert await subjects_by_area(graph, RULE, **NOBODY) == {
        COMMUNITY: {quarter(1), quarter(3)},
        OTHER: {quarter(2)},
        DISTRICT: {quarter(1), quarter(2), quarter(3)},
    }
