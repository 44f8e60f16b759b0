"""R47: a Party member on duty at each station on each of the days ahead."""

from __future__ import annotations

from datetime import date, timedelta

from graph.model import OPEN_END
from graph.reading.graph import Graph
from tests.builder import BEGIN
from tests.oracle.scene import COMMUNITY, DISTRICT, STREET, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.services import OTHER, SHUT, city, community, move, quarter, register
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "duty_roster_gap"
LATER = TOMORROW + timedelta(days=1)


def stations(scene: Scene, *slugs: str, listed: bool = True) -> None:
    """Stations in the scene's community; with a complete list of their posts."""
    for slug in slugs:
        id_ = scene.builder.node(f"st-990101-{slug}")
        scene.builder.edge(id_, "BASED_IN", COMMUNITY)
        if listed:
            scene.complete(id_, "post")


def on_duty(
    scene: Scene,
    serial: int,
    station: str,
    status: str | None = "full",
    *,
    since: date = BEGIN,
    until: date = OPEN_END,
    role: str = "duty_member",
    joined: date | None = None,
) -> str:
    """A person on duty at a station; the post's id."""
    scene.person(serial, party_status=status, party_joined_on=joined)
    return scene.seat(serial, role, f"st-{station}", since=since, until=until)


async def test_who_is_on_duty(graph: Graph) -> None:
    """Party members count, probationary ones too; none is a fail only where posts are listed."""
    scene = Scene(bodies="")
    stations(scene, "a", "b", "c", "d", "e", "f", "g", "j")
    stations(scene, "h", "i", listed=False)
    ids = [
        on_duty(scene, n, slug, status, role=role, joined=joined)
        for n, (slug, status, role, joined) in enumerate(
            (
                ("a", "full", "duty_member", DAY),
                ("b", "probationary", "duty_member", None),
                ("c", "none", "duty_member", None),
                ("d", "full", "head", None),
                ("e", None, "duty_member", None),
                ("f", "full", "duty_member", TOMORROW),
                ("i", None, "duty_member", None),
                ("j", "full", "duty_member", date(2025, 1, 1)),
            ),
            start=1,
        )
    ]
    scene.builder.nodes["p-990101-8"]["date_precision"] = ["party_joined_on:year"]
    rows = await rows_of(graph, scene, RULE, lookahead=1)
    found = {str(s)[10:]: (day, r["verdict"], r["missing"], r["evidence"]) for (s, day), r in rows.items()}
    today = DAY.isoformat()
    none: list[str] = []
    fails = {s: (today, "fail", none, [register(f"st-990101-{s}", "post")]) for s in "cdfg"}
    assert found == {
        "a": (today, "pass", [], [ids[0]]),
        "b": (today, "pass", [], [ids[1]]),
        **fails,
        "e": (today, "unknown", ["p-990101-5.party_status"], []),
        "h": (today, "unknown", ["post@st-990101-h"], []),
        "i": (today, "unknown", ["post@st-990101-i", "p-990101-7.party_status"], []),
        "j": (today, "unknown", ["p-990101-8.party_joined_on"], []),
    }
    assert {r["area"] for r in rows.values()} == {COMMUNITY}


async def test_each_day_is_a_row_of_its_own(graph: Graph) -> None:
    """As many days as asked for, the first included; a spell of a day covers that day alone."""
    scene = Scene(bodies="")
    stations(scene, "a")
    on_duty(scene, 1, "a", since=TOMORROW, until=LATER)
    on_duty(scene, 2, "a", since=YESTERDAY, until=DAY)
    on_duty(scene, 3, "a", since=LATER, joined=LATER + timedelta(days=1))
    on_duty(scene, 4, "a", None, since=LATER, until=LATER + timedelta(days=1))
    rows = await rows_of(graph, scene, RULE)
    days = [(DAY + timedelta(days=n)).isoformat() for n in range(7)]
    assert [key for key in rows] == [("st-990101-a", d) for d in days]  # noqa: C416
    assert [r["verdict"] for r in rows.values()] == ["fail", "pass", "unknown", *["pass"] * 4]
    assert rows["st-990101-a", days[1]]["evidence"] == [post(1, "duty_member", "st-a")]
    assert list(await again(graph, RULE, lookahead=2)) == [("st-990101-a", d) for d in days[:2]]
    stations(scene, "b")
    on_duty(scene, 5, "b", None, until=TOMORROW)
    unsure = await rows_of(graph, scene, RULE, lookahead=2)
    assert [unsure["st-990101-b", d]["verdict"] for d in days[:2]] == ["unknown", "fail"]
    yesterday = await again(graph, RULE, YESTERDAY, lookahead=1)
    assert [r["verdict"] for r in yesterday.values()] == ["pass", "unknown"]


async def test_lists_are_those_of_the_day(graph: Graph) -> None:
    """A list that ends or begins between the days closes the days that it covers alone."""
    scene = Scene(2, bodies="")
    stations(scene, "a", "b", listed=False)
    scene.link("st-b", "SERVES", quarter(1))
    for node, since, until in (("st-990101-a", BEGIN, TOMORROW), (quarter(1), TOMORROW, LATER)):
        scene.builder.edge(node, "COMPLETE_IN", "d-990101-register", since, until, subject="post")
    rows = await rows_of(graph, scene, RULE, lookahead=3)
    assert [r["verdict"] for r in rows.values()] == [
        "fail",
        "unknown",
        "unknown",
        "unknown",
        "fail",
        "unknown",
    ]
    assert rows["st-990101-b", TOMORROW.isoformat()]["evidence"] == [register(quarter(1), "post")]


async def test_a_station_that_closes_is_not_judged_any_more(graph: Graph) -> None:
    """It stands while it serves, belongs or is based anywhere; before and after it is no gap."""
    scene = Scene(bodies="")
    b = scene.builder
    b.node("st-990101-0")
    for slug, type_, end in (
        ("a", "SERVES", COMMUNITY),
        ("b", "BASED_IN", STREET),
        ("c", "SUBORDINATE_TO", "st-990101-0"),
    ):
        for number, (since, until) in enumerate([*SHUT, (DAY, TOMORROW)]):
            b.node(f"st-990101-{slug}{number}")
            b.edge(f"st-990101-{slug}{number}", type_, end, since, until)
    b.edge("st-990101-a2", "BASED_IN", DISTRICT, until=DAY)
    b.node("st-990101-d")
    b.edge("st-990101-d", "BASED_IN", STREET, until=TOMORROW)
    b.edge("st-990101-d", "SERVES", COMMUNITY, since=TOMORROW)
    scene.complete(DISTRICT, "post")
    rows = await rows_of(graph, scene, RULE, lookahead=2)
    today, then = DAY.isoformat(), TOMORROW.isoformat()
    assert {k: (r["verdict"], r["area"]) for k, r in rows.items()} == {
        ("st-990101-a2", today): ("fail", COMMUNITY),
        ("st-990101-a2", then): ("not_applicable", COMMUNITY),
        ("st-990101-b2", today): ("fail", STREET),
        ("st-990101-b2", then): ("not_applicable", STREET),
        ("st-990101-c2", today): ("unknown", None),
        ("st-990101-c2", then): ("not_applicable", None),
        ("st-990101-d", today): ("fail", STREET),
        ("st-990101-d", then): ("fail", STREET),
    }
    assert rows["st-990101-a2", then]["evidence"] == [f"st-990101-a2~SERVES~{COMMUNITY}"]


async def test_an_area_has_the_stations_in_it(graph: Graph) -> None:
    """Stations that serve or are in an area that day; the lowest of their areas is named."""
    scene = Scene(3, bodies="")
    community(scene)
    move(scene, quarter(2), on=DAY)
    move(scene, quarter(3), on=TOMORROW)
    for number in (1, 2, 3):
        scene.builder.node(f"st-990101-{number}")
        scene.link(f"st-{number}", "SERVES" if number != 3 else "BASED_IN", quarter(number))
    scene.builder.node("st-990101-4")
    scene.link("st-4", "SERVES", DISTRICT)
    scene.link("st-4", "BASED_IN", OTHER, until=DAY)
    scene.link("st-4", "BASED_IN", COMMUNITY, since=TOMORROW)
    scene.builder.node("st-990101-5")
    scene.link("st-5", "SERVES", DISTRICT)
    scene.link("st-5", "BASED_IN", STREET)
    province, above = city(scene)
    for number, places in ((6, (above, province)), (7, (province,))):
        scene.builder.node(f"st-990101-{number}")
        for place in places:
            scene.link(f"st-{number}", "SERVES", place)
    scene.complete(COMMUNITY, "post")
    rows = await rows_of(graph, scene, RULE, lookahead=1)
    assert {str(s)[10:]: (r["area"], r["verdict"]) for (s, _), r in rows.items()} == {
        "1": (COMMUNITY, "fail"),
        "2": (OTHER, "unknown"),
        "3": (COMMUNITY, "fail"),
        "4": (DISTRICT, "unknown"),
        "5": (STREET, "unknown"),
        "6": (above, "unknown"),
        "7": (province, "unknown"),
    }
    for area, expected in ((COMMUNITY, "13"), (OTHER, "2"), (STREET, "1235"), (DISTRICT, "12345")):
        inside = await again(graph, RULE, area=area, lookahead=1)
        assert inside == {k: r for k, r in rows.items() if str(k[0])[10:] in expected}, area
