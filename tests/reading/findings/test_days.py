"""What is carried from one day to another is what would be found anew."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import Query
from graph.catalogue.tags import read_header
from graph.catalogue.turns import DATES, Turn, read_turns
from graph.kept.unit import checksum
from graph.loading.load import load_delivery
from graph.loading.order import seed_folders
from graph.model import EDGES, OPEN_END, OPEN_START, label_of
from graph.reading.findings.asked import Ask
from graph.reading.findings.days import carried_days, days_of, read_days, turns_between
from graph.reading.findings.find import find_cuts, is_kept
from graph.reading.findings.shelf import Shelf
from graph.reading.graph import Graph, Known
from tests.builder import GraphBuilder
from tests.conftest import TODAY, unmasked
from tests.oracle.asking import store
from tests.reading.findings.counting import Counting
from tests.reading.findings.direct import CATALOGUE, COMMUNITY, FILES, asked_directly
from tests.strategies import DAY, graphs

AREA = "990101000000"
SCOPES = CATALOGUE.folder("scopes")
START = DAY + timedelta(days=40)
"""Beyond the days on which anything in a drawn graph begins or ends."""
WINDOW = [START + timedelta(days=n) for n in range(4)]
SPANS: list[tuple[str, Turn | None, Query | None]] = [
    (turn.word, replace(turn, shifts=tuple((-sign, *rest) for sign, *rest in reversed(turn.shifts))), query)
    for query in FILES
    for turn in query.header.turns or ()
    if turn.shifts
]
"""Each span by which a file moves days, turned round: from the day that turns to the one that stands."""
PLAIN: list[tuple[str, Turn | None, Query | None]] = [
    (word, None, None) for word in sorted({*DATES, *EDGES} - {"WITHIN", "CROSS_APPOINTMENT"})
]
EXAMPLES = {"embedded": 3, "neo4j": 1}


@st.composite
def turning_graphs(draw: st.DrawFn) -> GraphBuilder:
    """A drawn graph in which a few things, as they stand or by the span of some file, turn in the window."""
    builder = draw(graphs())
    random = draw(st.randoms(use_true_random=False))
    files = sorted({query.name for _, _, query in SPANS if query is not None})
    drawn = random.sample(files, 4)
    spans = [random.choice([s for s in SPANS if s[2] is not None and s[2].name == name]) for name in drawn]
    for word, turn, query in spans + random.sample(PLAIN, 5):
        for id_, row in (*builder.nodes.items(), *builder.edges.items()):
            kind = row.get("type") or label_of(id_)
            day = random.choice(WINDOW)
            if turn is not None and query is not None:
                day = turn.moved(day, query.bind({}, today=DAY)) or day
            if random.random() < 0.5:
                continue
            if kind == word and turn is None and row["since"] < day and random.random() < 0.5:
                row["until"] = day
            elif kind == word:
                row["since"], row["until"] = day, max(row["until"], day + timedelta(days=1))
            elif kind in DATES.get(word, ()):
                row[word] = day
                if turn is not None and turn.shifts[-1][2] == ("1",):
                    row["date_precision"] = [f"{word}:{turn.shifts[-1][1].removesuffix('s')}"]
    return builder


@pytest.fixture
def asked(graph: Graph) -> dict[str, int]:
    """How many graphs were asked, and how often nothing turned."""
    return {"graphs": 0, "same": 0, "turned": 0}


@settings(max_examples=EXAMPLES["embedded"])
@given(builder=turning_graphs())
async def test_where_nothing_turns_rows_stay_the_same(
    graph: Graph, asked: dict[str, int], builder: GraphBuilder
) -> None:
    """Every rule, dimension and scope, from day to day: other rows only where something turns."""
    asked["graphs"] += 1
    if asked["graphs"] > EXAMPLES["embedded" if graph.store.embedded else "neo4j"]:
        return
    await store(graph, builder)
    anew = unmasked(replace(graph, known=Known()))
    shelf = Shelf(graph.settings, graph.ledger)
    await shelf.clear()
    files = [*FILES, *SCOPES]
    if not graph.store.embedded:  # spans are added by the engine; all else is asked of both engines elsewhere
        files = [q for q in files if q.header.tags.get("turns")]
    days = await days_of(anew, shelf, "none", files)
    bound = [[q.bind({"as_of": day.isoformat()}, today=day) for day in WINDOW] for q in files]
    found = await graph.store.read([(q.text, p) for q, many in zip(files, bound, strict=True) for p in many])
    for at, query in enumerate(files):
        rows = found[at * len(WINDOW) : (at + 1) * len(WINDOW)]
        for n in range(len(WINDOW) - 1):
            turns = turns_between(query, bound[at][n], days, WINDOW[n], WINDOW[n + 1])
            assert turns or rows[n] == rows[n + 1], f"{query.name} {WINDOW[n]}"
            assert turns == turns_between(query, bound[at][n], days, WINDOW[n + 1], WINDOW[n])
            asked["turned" if turns else "same"] += 1
    assert asked["turned"] > 0
    assert asked["same"] > asked["turned"] / 4


async def test_the_next_morning_asks_what_turned_in_the_night(
    embedded: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What holds is carried to other days without asking the file, and is what the file answers there."""
    await Shelf(embedded.settings, embedded.ledger).clear()
    await load_delivery(embedded.store, next(d for d in seed_folders() if "worked_example" in str(d)))
    graph = unmasked(replace(embedded, known=Known()))

    files = FILES[::3]

    def asks(day: date) -> list[Ask]:
        return [Ask(q, graph.bind_known(q, {"as_of": day, "area": AREA}), AREA) for q in files]

    await find_cuts(graph, asks(TODAY))
    graph = replace(graph, known=Known())
    engine = Counting(graph, monkeypatch)
    carried = [ask for ask in asks(TODAY + timedelta(days=1)) if await is_kept(graph, ask)]
    assert len(carried) > len(files) / 4
    _, cuts = await find_cuts(graph, carried)
    assert not {q.asked for q in FILES} & set(engine.texts), "a file was asked of which nothing turned"
    for ask, cut in zip(carried, cuts, strict=True):
        assert list(cut.rows()) == await asked_directly(graph, ask.query, dict(ask.parameters))
        inside = Ask(ask.query, {**ask.parameters, "area": COMMUNITY}, AREA)
        _, (part,) = await find_cuts(graph, [inside])
        assert list(part.rows()) == await asked_directly(graph, ask.query, dict(inside.parameters))


def test_a_span_moves_a_day_as_the_engines_do() -> None:
    """Signs, products, months that are too short, spans that are not set, and none beyond all days."""
    (one, two, three) = read_turns("held_on + days a * b - months c, term_until, OFFERS + years a")
    given = {"a": 2, "b": 15, "c": 1}
    assert one.moved(date(2025, 3, 1), given) == date(2025, 2, 28)
    assert two.moved(date(2025, 3, 1), given) == date(2025, 3, 1)
    assert three.moved(date(2024, 2, 29), given) == date(2026, 2, 28)
    assert three.moved(date(2024, 2, 29), {"a": None}) is None
    assert three.moved(OPEN_END, given) is None


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "days are moved by a span"),
        ("// @turns held_on + weeks n\n", "is no span such as"),
        ("// @turns heldon + days n\n", "is no edge type and no dated property"),
        ("// @turns filed_on + days n\n", "filed_on is not read"),
        ("// @turns held_on + days m\n", "m is no parameter"),
    ],
)
def test_a_header_that_says_no_true_span_is_refused(value: str, problem: str) -> None:
    """What is not said, or says what the file does not read."""
    body = "MATCH (m) WHERE m.held_on + duration({days: $n}) > 1 RETURN m"
    _, problems = read_header(f'// @param n int 1 "n" / "n"\n{value}{body}\n', "scopes")
    assert problem in " ".join(p.text for p in problems)


def test_a_file_that_states_the_day_turns_daily() -> None:
    """No other day serves it, whatever stands in the graph; the same day does."""
    query: Query = CATALOGUE["duty_roster_gap"]
    assert turns_between(query, {}, {}, DAY, DAY + timedelta(days=1))
    assert not turns_between(query, {}, {}, DAY, DAY)


def test_days_that_land_between_two_are_found_by_halving() -> None:
    """For every span of every file and drawn values, the days that moving each of them would find."""
    draw = random.Random(1)
    drawn = {date(2020, 1, 1) + timedelta(days=draw.randrange(4_000)) for _ in range(300)}
    days = sorted(drawn | {OPEN_START, date(2, 1, 1), date(9998, 12, 1), OPEN_END})
    found = 0
    for turn in {turn for query in FILES for turn in query.header.turns or ()}:
        names = {f for _, _, factors in turn.shifts for f in factors if not f.isdigit()}
        given = {name: draw.choice([None, 1, 12, 40, 400]) for name in names}
        after = date(2024, 1, 1) + timedelta(days=draw.randrange(900))
        until = after + timedelta(days=draw.randrange(1, 40))
        landing = {day: turn.moved(day, given) for day in days}
        wanted = [day for day, at in landing.items() if at is not None and after < at <= until]
        assert list(turn.turning(days, given, after=after, until=until)) == wanted, turn
        found += len(wanted)
    assert found


def test_days_of_a_damaged_file_are_read_anew() -> None:
    """Cut short, or with another day in it: a day that is not told lets old rows stand."""
    content = carried_days(b"", [])
    assert read_days(content) == {}
    whole = checksum(b'{"COVERS":["2025-01-31"]}') + b'{"COVERS":["2025-01-31"]}'
    assert read_days(whole)
    for damaged in (whole[:-4], whole.replace(b"01-31", b"01-30"), b""):
        assert read_days(damaged) == {}
