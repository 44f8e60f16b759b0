"""What is possible and hardly true: warnings to be looked at, beside the errors of the check."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from statistics import median
from typing import Any

from graph.loading.blocks import Rows
from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.loading.rows import NodeRow
from graph.model import NODES, OPEN_END
from graph.model.precision import bounds_of, shown_day
from graph.spelling import fold

FEWEST = 4
"""Places of one area from which on it can be said that one is far from the others."""
FAR, TIMES = 5.0, 6.0
"""Kilometres, and times the usual distance from the middle of its area: beyond both a place is far."""
LEAST_M2, MOST_M2 = 20.0, 600.0
"""Floor area per household of a quarter, in square metres."""
SAME_NAME = ("Quarter", "OwnersCommittee", "PartyOrganization", "ResidentsCommittee", "Team")
"""Types of which two of one name in one area are seldom two."""
_PERIODS = (
    ("elected_on", "term_until"),
    ("elected_on", "filed_on"),
    ("elected_on", "extended_until"),
    ("party_joined_on", "party_full_on"),
)
"""Pairs of days of which the first comes before the second, or on the same day."""
_PAST = ("elected_on", "filed_on", "party_joined_on", "held_on")
"""Days that lie behind, unless what they are of is only planned."""
_JUDGED = (*_PAST, *(name for pair in _PERIODS for name in pair))
_PLACED_BY = ("PART_OF", "COVERS", "SERVES")


def find_implausible(delivery: Delivery, today: date) -> list[Finding]:
    """Warnings of a delivery whose coordinates are in WGS 84."""
    areas = _areas(delivery)
    return [
        *_far(delivery.nodes, areas),
        *_crowded(delivery.nodes),
        *_same_names(delivery.nodes, areas),
        *_days(delivery.nodes, today),
    ]


def _areas(delivery: Delivery) -> dict[str, str]:
    """The place that a delivery's own open edges give each node: the last of several."""
    return {
        start: end
        for block in delivery.edges.blocks
        if block.kind in _PLACED_BY
        for start, end, until in zip(block.starts, block.ends, block.column("until"), strict=True)
        if until == OPEN_END
    }


def _far(nodes: Rows[NodeRow], areas: Mapping[str, str]) -> Iterator[Finding]:
    groups: dict[str, list[NodeRow]] = defaultdict(list)
    for node in nodes.having("lat"):
        if node.id in areas and "lat" in node.properties and "lon" in node.properties:
            groups[areas[node.id]].append(node)
    for area, found in groups.items():
        if len(found) < FEWEST:
            continue
        lat = median(n.properties["lat"] for n in found)
        lon = median(n.properties["lon"] for n in found)
        away = [_kilometres(lat, lon, n.properties) for n in found]
        usual = median(away)
        for node, distance in zip(found, away, strict=True):
            if distance > max(FAR, TIMES * usual):
                yield _warning(
                    node,
                    "lat",
                    f"{node.properties['lat']}, {node.properties['lon']}",
                    f"距 {area} 其他各处约 {distance:.0f} 公里，请核对坐标",
                    f"about {distance:.0f} km from the other places of {area}: look at the coordinates",
                )


def _kilometres(lat: float, lon: float, place: Mapping[str, Any]) -> float:
    north = (place["lat"] - lat) * 111.2
    east = (place["lon"] - lon) * 111.2 * math.cos(math.radians(lat))
    return math.hypot(north, east)


def _crowded(nodes: Rows[NodeRow]) -> Iterator[Finding]:
    for node in nodes.of("Quarter"):
        households, area = node.properties.get("households"), node.properties.get("floor_area_m2")
        if households and area:
            each = area / households
            if not LEAST_M2 <= each <= MOST_M2:
                yield _warning(
                    node,
                    "floor_area_m2",
                    str(area),
                    f"每户 {each:.1f} 平方米，请核对面积的单位和户数（{households} 户）",
                    f"{each:.1f} square metres for each of {households} households: look at unit and number",
                )


def _same_names(nodes: Rows[NodeRow], areas: Mapping[str, str]) -> Iterator[Finding]:
    firsts: dict[tuple[str, str, str], NodeRow] = {}
    for node in nodes.of(*SAME_NAME):
        if node.id not in areas:
            continue
        name = fold(node.properties.get("name", ""))
        first = firsts.setdefault((node.label, areas[node.id], name), node)
        if first is not node and name:
            yield _warning(
                node,
                "name",
                node.properties["name"],
                f"与 {first.id} 同在 {areas[node.id]} 且同名，是否为同一{NODES[node.label].zh}",
                f"the same name in {areas[node.id]} as {first.id}: is it the same?",
            )


def _days(nodes: Rows[NodeRow], today: date) -> Iterator[Finding]:
    for node in nodes.having(*_JUDGED):
        columns = NODES[node.label].properties()
        for first, second in _PERIODS:
            if any(node.properties.get(name) is None for name in (first, second)):
                continue
            # Of a month any day may be meant.
            if bounds_of(node.properties, second)[1] < bounds_of(node.properties, first)[0]:
                zh, other = columns[second].prop.zh, columns[first].prop.zh
                one, two = (shown_day(node.properties, name) for name in (first, second))
                yield _warning(
                    node, second, two, f"{zh}早于{other} {one}", f"{second} is before {first} {one}"
                )
        for name in _PAST:
            day = node.properties.get(name)
            planned = node.properties.get("status") == "planned"
            if day is not None and day > today and not planned:
                yield _warning(node, name, str(day), "在今天之后，请核对", "later than today: look at it")


def _warning(node: NodeRow, column: str, value: str, zh: str, en: str) -> Finding:
    return Finding(f"nodes/{node.label}.csv", node.row, column, value, zh, en, "warning")
